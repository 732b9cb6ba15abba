/** The parts of API Gateway's proxy event (payload version 1.0) that the functions read. */
export interface ApiEvent {
  /** The route's template, e.g. `/orders/{orderId}`. */
  resource: string;
  httpMethod: string;
  headers?: Record<string, string | undefined> | null;
  pathParameters?: Record<string, string | undefined> | null;
  queryStringParameters?: Record<string, string | undefined> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
  requestContext: {
    requestId: string;
    /** What the Lambda authorizer returned as its context; API Gateway turns every value into a string. */
    authorizer?: Record<string, unknown> | null;
    /** Who opened the connection to API Gateway. */
    identity?: { sourceIp?: string } | null;
    domainName?: string;
    /** The path as the client sent it, stage included. */
    path?: string;
  };
}

/** What API Gateway turns into the HTTP response. */
export interface ApiResponse {
  statusCode: number;
  headers: Record<string, string>;
  /** Headers that are there more than once. */
  multiValueHeaders?: Record<string, string[]>;
  body: string;
}

/** Who calls, as the authorizer says. */
export interface Principal {
  userId: string;
  companyId: string;
  groups: string[];
}

/**
 * Headers of every response: no cache keeps an answer that belongs to one caller, no browser guesses a type or asks again without TLS
 * (RFC 6797; the gateway's own answers have the same, packages/secure-gateway/src/openapi/gateway-responses.ts).
 */
export const commonHeaders: Readonly<Record<string, string>> = {
  "Cache-Control": "no-store",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
};

/** A header of the event by its name, whatever its case, or undefined. */
export function header(event: Pick<ApiEvent, "headers">, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const headers = event.headers ?? {};
  const key = Object.keys(headers).find((each) => each.length === wanted.length && each.toLowerCase() === wanted);
  return key === undefined ? undefined : headers[key];
}
