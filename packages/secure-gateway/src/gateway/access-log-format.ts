/**
 * The access log: one JSON line a request, of what API Gateway knows. There is no header (so no token, cookie or user agent), no query
 * string, no path with its values, no body, and no error text, which may quote what the caller sent.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html
 *
 * That page does not list `operationName`, which events have (`requestContext.operationName`): where it is `-`, method and resource path say the same.
 */
const FIELDS: Record<string, string> = {
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  traceId: "$context.xrayTraceId",
  time: "$context.requestTimeEpoch",
  sourceIp: "$context.identity.sourceIp",
  method: "$context.httpMethod",
  resourcePath: "$context.resourcePath",
  operation: "$context.operationName",
  protocol: "$context.protocol",
  domain: "$context.domainName",
  tlsVersion: "$context.tlsVersion",
  cipherSuite: "$context.cipherSuite",
  status: "$context.status",
  errorType: "$context.error.responseType",
  responseBytes: "$context.responseLength",
  responseMilliseconds: "$context.responseLatency",
  principalId: "$context.authorizer.principalId",
  authorizerStatus: "$context.authorizer.status",
  authorizerError: "$context.authorizer.error",
  authorizerMilliseconds: "$context.authorizer.latency",
  integrationStatus: "$context.integration.status",
  integrationMilliseconds: "$context.integration.latency",
  integrationRequestId: "$context.integration.requestId",
  firewallStatus: "$context.waf.status",
  firewallError: "$context.waf.error",
  firewallMilliseconds: "$context.waf.latency",
};

export const ACCESS_LOG_FORMAT = JSON.stringify(FIELDS);
