import { type CorsPolicy, corsHeaders } from "./cors.ts";
import type { Json } from "./document.ts";

/**
 * What API Gateway answers by itself. Its own words tell an attacker which check refused (and, for a body, why); these do not, and
 * carry the headers that a function's answers carry. The body is RFC 9457's.
 */

interface Answer {
  /** The status; left out of the two defaults, which answer for many statuses. */
  status?: number;
  title: string;
  /** Headers besides the common ones. */
  headers?: Record<string, string>;
}

// Every type of https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html: those that are
// not customized inherit from the two defaults, but a default cannot say the status in its body.
const ANSWERS: Record<string, Answer> = {
  ACCESS_DENIED: { status: 403, title: "Forbidden" },
  API_CONFIGURATION_ERROR: { status: 500, title: "Internal Server Error" },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, title: "Internal Server Error" },
  AUTHORIZER_FAILURE: { status: 500, title: "Internal Server Error" },
  BAD_REQUEST_BODY: { status: 400, title: "Bad Request" },
  BAD_REQUEST_PARAMETERS: { status: 400, title: "Bad Request" },
  DEFAULT_4XX: { title: "Request refused" },
  DEFAULT_5XX: { title: "Request failed" },
  EXPIRED_TOKEN: { status: 403, title: "Forbidden" },
  INTEGRATION_FAILURE: { status: 504, title: "Gateway Timeout" },
  INTEGRATION_TIMEOUT: { status: 504, title: "Gateway Timeout" },
  INVALID_API_KEY: { status: 403, title: "Forbidden" },
  INVALID_SIGNATURE: { status: 403, title: "Forbidden" },
  // What an unknown path gets. API Gateway's own 403 "Missing Authentication Token" misleads the honest caller.
  MISSING_AUTHENTICATION_TOKEN: { status: 404, title: "Not Found" },
  QUOTA_EXCEEDED: { status: 429, title: "Too Many Requests" },
  REQUEST_TOO_LARGE: { status: 413, title: "Content Too Large" },
  RESOURCE_NOT_FOUND: { status: 404, title: "Not Found" },
  THROTTLED: { status: 429, title: "Too Many Requests", headers: { "Retry-After": "1" } },
  // RFC 9110, 15.5.2: a 401 names a scheme to authenticate by.
  UNAUTHORIZED: { status: 401, title: "Unauthorized", headers: { "WWW-Authenticate": "Bearer" } },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: "Unsupported Media Type" },
  WAF_FILTERED: { status: 403, title: "Forbidden" },
};

// https://cheatsheetseries.owasp.org/cheatsheets/REST_Security_Cheat_Sheet.html#security-headers
const HEADERS: Record<string, string> = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Content-Type": "application/problem+json",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

/**
 * The value of `x-amazon-apigateway-gateway-responses`.
 *
 * @param cors the page of another origin that may read them; without these headers it sees a network error instead of a refusal
 */
export function gatewayResponses(cors?: CorsPolicy): Record<string, Json> {
  const common = { ...HEADERS, ...(cors === undefined ? {} : { ...corsHeaders(cors), Vary: "Origin" }) };
  return Object.fromEntries(Object.entries(ANSWERS).map(([type, answer]) => [type, gatewayResponse(answer, common)]));
}

function gatewayResponse({ status, title, headers }: Answer, common: Record<string, string>): Json {
  const problem = {
    type: "about:blank",
    title,
    ...(status === undefined ? {} : { status }),
    requestId: "$context.requestId",
  };
  return {
    ...(status === undefined ? {} : { statusCode: status }),
    responseParameters: Object.fromEntries(
      // A text in single quotes is a static value, whatever is between the first and the last quote.
      Object.entries({ ...common, ...headers }).map(([name, value]) => [
        `gatewayresponse.header.${name}`,
        `'${value}'`,
      ]),
    ),
    // API Gateway takes this template whatever the caller accepts; the Content-Type header above says what it is.
    responseTemplates: { "application/json": JSON.stringify(problem) },
  };
}
