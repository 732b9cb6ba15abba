/**
 * Calls of AWS's JSON APIs, signed with SigV4. The SDK's client of one service is 300 KB and more, and tens of milliseconds of a
 * cold start; a signed request is what it sends in the end.
 */
import { AwsClient } from "aws4fetch";
import type { AwsEnvironment } from "./env.ts";
import { timeFor } from "./invocation.ts";
import { DependencyFault, Refusal } from "./refusal.ts";

/** One call of an API. */
export interface AwsCall {
  /** The service in the host name and in the signature, e.g. `cognito-idp`. */
  service: string;
  /** The header `X-Amz-Target`, e.g. `DynamoDB_20120810.PutItem`. */
  target: string;
  /** The version of the JSON protocol. */
  version: "1.0" | "1.1";
  input: Record<string, unknown>;
  /** Milliseconds that the call may take with its further tries, when the invocation has as many left. By default 3000. */
  milliseconds?: number;
  /** Whether the operation takes no credentials: what it is about is proven by the input, such as a token. By default it is signed. */
  unsigned?: boolean;
}

/** Makes a call and returns what AWS answers. */
export type AwsCaller = (call: AwsCall) => Promise<Record<string, unknown>>;

/** An error that AWS answered with, other than AccessDenied. */
export class AwsError extends Error {
  /** The error's type, without its namespace, e.g. `ConditionalCheckFailedException`. */
  readonly code: string;

  constructor(target: string, code: string) {
    // AWS's own message quotes the input of the call.
    super(`${target}: ${code}`);
    this.name = "AwsError";
    this.code = code;
  }
}

const DENIED: ReadonlySet<string> = new Set(["AccessDenied", "AccessDeniedException", "UnauthorizedException"]);
const TIMEOUT_MILLISECONDS = 3000;
const RETRIES = 2;

/** What is sent to a service, and how the code of an error is found in its answer. */
export interface SignedRequest {
  service: string;
  /** The API and the operation, for an error's message. */
  target: string;
  /** By default POST. */
  method?: string;
  /** By default none: the service's root. */
  path?: string;
  headers: Record<string, string>;
  body: string | undefined;
  codeOf(answer: string, headers: Headers): string;
  /** Milliseconds that it may take with its further tries, when the invocation has as many left. By default 3000. */
  milliseconds?: number;
  /** Whether it goes without a signature. By default it is signed. */
  unsigned?: boolean;
}

/** Sends the requests of a caller: by default the runtime's fetch. */
export type Send = (request: Request) => Promise<Response>;

/**
 * Sends a request with the role's signature and returns the answer's text.
 *
 * @throws Refusal of the layer `iam` when the role may not make the call, DependencyFault when AWS is busy three times or does not answer in
 *   3 seconds, or in what is left of the invocation, and AwsError when AWS answers with another error
 */
export async function sendSigned(
  environment: AwsEnvironment,
  send: Send,
  {
    service,
    target,
    method = "POST",
    path = "",
    headers,
    body,
    codeOf,
    milliseconds = TIMEOUT_MILLISECONDS,
    unsigned = false,
  }: SignedRequest,
): Promise<string> {
  const { region, root } = endpointOf(environment, service);
  const client = new AwsClient({ ...environment, region, service, retries: 0 });
  const signal = AbortSignal.timeout(timeFor(milliseconds));
  const attempt = async () => {
    const init = { method, headers, body, signal };
    const url = `${root.replace(/\/$/, "")}/${path}`;
    const request = unsigned ? new Request(url, init) : await client.sign(url, init);
    const response = await send(request);
    return { response, answer: await response.text() };
  };
  for (let tries = 1; ; tries++) {
    const { response, answer } = await attempt().catch((error: unknown) => {
      throw new DependencyFault(service, error);
    });
    if (response.ok) return answer;
    const error = errorOf(target, codeOf(answer, response.headers));
    if (response.status < 500 && response.status !== 429) throw error;
    if (tries > RETRIES) throw new DependencyFault(service, error);
  }
}

/**
 * A caller of JSON APIs with the role's credentials. It rejects as `sendSigned` does.
 *
 * @param send by default the runtime's fetch
 */
export function createAwsCaller(environment: AwsEnvironment, send: Send = (request) => fetch(request)): AwsCaller {
  return async ({ service, target, version, input, milliseconds, unsigned }) => {
    const headers = { "Content-Type": `application/x-amz-json-${version}`, "X-Amz-Target": target };
    const body = JSON.stringify(input);
    const answer = await sendSigned(environment, send, {
      service,
      target,
      headers,
      body,
      codeOf: errorCode,
      milliseconds,
      unsigned,
    });
    return JSON.parse(answer) as Record<string, unknown>;
  };
}

// IAM has one endpoint for all regions of a partition. https://docs.aws.amazon.com/general/latest/gr/iam-service.html
const IAM: readonly (readonly [prefix: string, region: string, root: string])[] = [
  ["cn-", "cn-north-1", "https://iam.cn-north-1.amazonaws.com.cn/"],
  ["us-gov-", "us-gov-west-1", "https://iam.us-gov.amazonaws.com/"],
  ["", "us-east-1", "https://iam.amazonaws.com/"],
];

/** Where a service answers, and for which region the request is signed. */
function endpointOf({ endpoint, region }: AwsEnvironment, service: string): { region: string; root: string } {
  const global = service === "iam" ? IAM.find(([prefix]) => region.startsWith(prefix)) : undefined;
  const signed = global?.[1] ?? region;
  if (endpoint !== "") return { region: signed, root: endpoint };
  const suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
  return { region: signed, root: global?.[2] ?? `https://${service}.${region}.${suffix}/` };
}

function errorOf(target: string, code: string): Error {
  if (!DENIED.has(code)) return new AwsError(target, code);
  return new Refusal({ layer: "iam", defence: "role", status: 500, detail: "The request could not be carried out." });
}

/** The code of an error in the body of a JSON API's answer: `__type` may have a namespace before `#` and a link after `:`. */
export function errorCode(body: string): string {
  try {
    const type: unknown = (JSON.parse(body) as { __type?: unknown }).__type;
    if (typeof type === "string") return type.replace(/^.*#/, "").replace(/:.*$/, "");
  } catch {
    // No JSON: a proxy's page, for example.
  }
  return "UnknownError";
}
