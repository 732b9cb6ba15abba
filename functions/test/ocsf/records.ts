/** Records in the sources' own formats, for these tests and for those of the sandbox that send them all the way. */
import { gzipSync } from "node:zlib";

/** A record of CloudTrail. */
export const call = (source: string, eventName: string, more: Record<string, unknown> = {}) => ({
  eventVersion: "1.11",
  userIdentity: {
    type: "IAMUser",
    principalId: "AIDAEXAMPLE",
    arn: "arn:aws:iam::123456789012:user/ann",
    accountId: "123456789012",
    userName: "ann",
  },
  eventTime: "2026-11-24T10:00:00Z",
  eventSource: `${source}.amazonaws.com`,
  eventName,
  awsRegion: "eu-west-1",
  sourceIPAddress: "198.51.100.9",
  userAgent: "aws-cli/2.31.0",
  requestParameters: null,
  responseElements: null,
  requestID: "request-1",
  eventID: "event-1",
  readOnly: false,
  eventType: "AwsApiCall",
  managementEvent: true,
  recipientAccountId: "123456789012",
  ...more,
});

/** A record of AWS WAF's log. */
export const wafRecord = (action: string, more: Record<string, unknown> = {}) => ({
  timestamp: Date.UTC(2026, 10, 24, 10),
  formatVersion: 1,
  webaclId: "arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/edge/1",
  terminatingRuleId: action === "ALLOW" ? "Default_Action" : "sql-injection",
  terminatingRuleType: "REGULAR",
  action,
  terminatingRuleMatchDetails: [],
  httpSourceName: "APIGW",
  httpSourceId: "111122223333:abcdef1234:prod",
  ruleGroupList: [],
  rateBasedRuleList: [],
  nonTerminatingMatchingRules: [],
  requestHeadersInserted: null,
  responseCodeSent: null,
  httpRequest: {
    clientIp: "198.51.100.9",
    country: "NL",
    headers: [
      { name: "Host", value: "api.example.com" },
      { name: "User-Agent", value: "curl/8.5.0" },
      { name: "Authorization", value: "Bearer secret" },
      { name: "Cookie", value: "__Host-session=secret" },
    ],
    uri: "/products",
    args: "q=mug",
    httpVersion: "HTTP/1.1",
    httpMethod: "GET",
    requestId: "request-1",
  },
  ...more,
});

/** A line of the gateway's access log (packages/secure-gateway/src/gateway/access-log-format.ts). */
export const accessRecord = (status: string, more: Record<string, unknown> = {}) => ({
  requestId: "request-1",
  extendedRequestId: "extended-1",
  traceId: "-",
  time: String(Date.UTC(2026, 10, 24, 10)),
  sourceIp: "198.51.100.9",
  method: "GET",
  resourcePath: "/orders/{id}",
  operation: "getOrder",
  protocol: "HTTP/1.1",
  domain: "api.example.com",
  tlsVersion: "TLSv1.3",
  cipherSuite: "TLS_AES_128_GCM_SHA256",
  status,
  errorType: status === "403" ? "ACCESS_DENIED" : "-",
  responseBytes: "20",
  responseMilliseconds: "5",
  principalId: "user-1",
  authorizerStatus: "200",
  ...more,
});

/** What a subscription filter of CloudWatch Logs sends to a stream: many log events in one compressed record. */
export function logBatch(messages: readonly unknown[], more: Record<string, unknown> = {}): string {
  const batch = {
    messageType: "DATA_MESSAGE",
    owner: "123456789012",
    logGroup: "trail",
    logStream: "one",
    subscriptionFilters: ["siem"],
    logEvents: messages.map((message, index) => ({
      id: String(index),
      timestamp: 0,
      message: typeof message === "string" ? message : JSON.stringify(message),
    })),
    ...more,
  };
  return gzipSync(JSON.stringify(batch)).toString("base64");
}
