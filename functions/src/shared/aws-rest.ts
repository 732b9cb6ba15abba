/** Calls of AWS's REST APIs, as Lambda has one: the method and the path say what is done, and JSON is answered. */
import { errorCode, type Send, sendSigned } from "./aws.ts";
import type { AwsEnvironment } from "./env.ts";

/** One call of an API. */
export interface AwsRestCall {
  /** The service in the host name and in the signature, e.g. `lambda`. */
  service: string;
  /** The operation, for an error's message, e.g. `PutFunctionConcurrency`. */
  operation: string;
  method: "GET" | "PUT" | "POST" | "DELETE";
  /** The path without its first slash, encoded, e.g. `2017-10-31/functions/orders/concurrency`. */
  path: string;
  /** What is sent as JSON. Default: nothing. */
  input?: Record<string, unknown>;
}

/** Makes a call and returns what AWS answers; an answer without a body is `{}`. */
export type AwsRestCaller = (call: AwsRestCall) => Promise<Record<string, unknown>>;

/**
 * A caller of REST APIs with the role's credentials. It rejects as `sendSigned` does.
 *
 * @param send by default the runtime's fetch
 */
export function createAwsRestCaller(
  environment: AwsEnvironment,
  send: Send = (request) => fetch(request),
): AwsRestCaller {
  return async ({ service, operation, method, path, input }) => {
    const answer = await sendSigned(environment, send, {
      service,
      target: `${service}.${operation}`,
      method,
      path,
      headers: input === undefined ? {} : { "Content-Type": "application/json" },
      body: input === undefined ? undefined : JSON.stringify(input),
      // REST APIs name the error in a header, with the link of its page after a colon.
      codeOf: (body, headers) => headers.get("x-amzn-errortype")?.replace(/:.*$/, "") ?? errorCode(body),
    });
    return answer === "" ? {} : (JSON.parse(answer) as Record<string, unknown>);
  };
}
