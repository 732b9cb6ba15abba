/** Records of the other sources, in their own formats, and the way of a log to a stream. */
import { gzipSync } from "node:zlib";

/** A record of AWS WAF's log. */
export function wafRecord(action: string, more: Record<string, unknown> = {}) {
  return {
    timestamp: Date.UTC(2026, 10, 24, 10),
    formatVersion: 1,
    webaclId: "arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/edge/6a7e8feb",
    terminatingRuleId: action === "BLOCK" ? "sql-injection" : "Default_Action",
    terminatingRuleType: "REGULAR",
    action,
    terminatingRuleMatchDetails: [],
    httpSourceName: "APIGW",
    httpSourceId: "123456789012:abcdef1234:prod",
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
      ],
      uri: "/products",
      args: "q=mug",
      httpVersion: "HTTP/1.1",
      httpMethod: "GET",
      requestId: "b491b491-6a7e-4cf7-a9f1-bf3703467718",
    },
    ...more,
  };
}

/** A record of the gateway's access log (packages/secure-gateway/src/gateway/access-log-format.ts). */
export function accessRecord(status: string, more: Record<string, unknown> = {}) {
  return {
    requestId: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
    extendedRequestId: "AbCdEfGh=",
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
  };
}

/** What a subscription filter of CloudWatch Logs sends to a stream: many log events in one compressed record. */
export function logBatch(records: unknown[], more: Record<string, unknown> = {}): string {
  const batch = {
    messageType: "DATA_MESSAGE",
    owner: "123456789012",
    logGroup: "trail",
    logStream: "one",
    subscriptionFilters: ["siem"],
    logEvents: records.map((record, index) => ({ id: String(index), timestamp: 0, message: JSON.stringify(record) })),
    ...more,
  };
  return gzipSync(JSON.stringify(batch)).toString("base64");
}
