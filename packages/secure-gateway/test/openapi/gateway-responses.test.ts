import { expect, test } from "vitest";
import { gatewayResponses } from "../../src/openapi/gateway-responses.ts";

type Response = {
  statusCode?: number;
  responseParameters: Record<string, string>;
  responseTemplates: Record<string, string>;
};
const responses = gatewayResponses() as unknown as Record<string, Response>;

// https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
test.each<[string, number | undefined]>([
  ["ACCESS_DENIED", 403],
  ["API_CONFIGURATION_ERROR", 500],
  ["AUTHORIZER_CONFIGURATION_ERROR", 500],
  ["AUTHORIZER_FAILURE", 500],
  ["BAD_REQUEST_BODY", 400],
  ["BAD_REQUEST_PARAMETERS", 400],
  ["DEFAULT_4XX", undefined],
  ["DEFAULT_5XX", undefined],
  ["EXPIRED_TOKEN", 403],
  ["INTEGRATION_FAILURE", 504],
  ["INTEGRATION_TIMEOUT", 504],
  ["INVALID_API_KEY", 403],
  ["INVALID_SIGNATURE", 403],
  ["MISSING_AUTHENTICATION_TOKEN", 404],
  ["QUOTA_EXCEEDED", 429],
  ["REQUEST_TOO_LARGE", 413],
  ["RESOURCE_NOT_FOUND", 404],
  ["THROTTLED", 429],
  ["UNAUTHORIZED", 401],
  ["UNSUPPORTED_MEDIA_TYPE", 415],
  ["WAF_FILTERED", 403],
])("%s answers with %s", (type, status) => {
  expect(responses[type]?.statusCode).toBe(status);
});

test("there are no others", () => {
  expect(Object.keys(responses)).toHaveLength(21);
});

test.each(Object.entries(responses))(
  "%s has every security header and says nothing of the inside",
  (_type, response) => {
    expect(response.responseParameters).toMatchObject({
      "gatewayresponse.header.Cache-Control": "'no-store'",
      "gatewayresponse.header.Content-Security-Policy": "'default-src 'none'; frame-ancestors 'none''",
      "gatewayresponse.header.Content-Type": "'application/problem+json'",
      "gatewayresponse.header.Strict-Transport-Security": "'max-age=63072000; includeSubDomains'",
      "gatewayresponse.header.X-Content-Type-Options": "'nosniff'",
      "gatewayresponse.header.X-Frame-Options": "'DENY'",
    });
    expect(Object.keys(response.responseTemplates)).toEqual(["application/json"]);
    const template = response.responseTemplates["application/json"] ?? "";
    expect(template.match(/\$[\w.]+/g)).toEqual(["$context.requestId"]);
    const problem = JSON.parse(template);
    expect(Object.keys(problem)).toEqual(
      response.statusCode === undefined ? ["type", "title", "requestId"] : ["type", "title", "status", "requestId"],
    );
    expect(problem).toMatchObject({ type: "about:blank", requestId: "$context.requestId" });
    expect(problem.status).toBe(response.statusCode);
  },
);

test("a 401 names the scheme, a 429 says when to come again, others do neither", () => {
  const withHeader = (name: string) =>
    Object.entries(responses).flatMap(([type, { responseParameters }]) => {
      const value = responseParameters[`gatewayresponse.header.${name}`];
      return value === undefined ? [] : [[type, value]];
    });
  expect(withHeader("WWW-Authenticate")).toEqual([["UNAUTHORIZED", "'Bearer'"]]);
  expect(withHeader("Retry-After")).toEqual([["THROTTLED", "'1'"]]);
});
