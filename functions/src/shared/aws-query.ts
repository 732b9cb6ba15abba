/** Calls of AWS's query APIs, as SNS has one: a form is posted, and XML is answered. */
import { type Send, sendSigned } from "./aws.ts";
import type { AwsEnvironment } from "./env.ts";

/** One call of an API. */
export interface AwsQuery {
  /** The service in the host name and in the signature, e.g. `sns`. */
  service: string;
  /** E.g. `Publish`. */
  action: string;
  /** The version of the API, e.g. `2010-03-31`. */
  version: string;
  input: Record<string, string>;
}

/** Makes a call and returns AWS's answer as it is. */
export type AwsQueryCaller = (query: AwsQuery) => Promise<string>;

/**
 * A caller of query APIs with the role's credentials. It rejects as `sendSigned` does.
 *
 * @param send by default the runtime's fetch
 */
export function createAwsQueryCaller(
  environment: AwsEnvironment,
  send: Send = (request) => fetch(request),
): AwsQueryCaller {
  return ({ service, action, version, input }) =>
    sendSigned(environment, send, {
      service,
      target: `${service}.${action}`,
      headers: { "Content-Type": "application/x-www-form-urlencoded; charset=utf-8" },
      body: new URLSearchParams({ Action: action, Version: version, ...input }).toString(),
      codeOf: (answer) => /<Code>([A-Za-z.]+)<\/Code>/.exec(answer)?.[1] ?? "UnknownError",
    });
}
