/** AWS WAF's log and the gateway's access log as HTTP Activity (4002). */
import { endpointOf } from "./endpoint.ts";
import { type Activity, HTTP_ACTIVITY, type OcsfEvent, ocsfEvent, statusOf } from "./event.ts";
import { type Fields, fieldsOf, integerOf, listOf, textOf } from "./fields.ts";

/** Where the log was written; its records do not say. */
export interface LogPlace {
  accountId?: string;
  region?: string;
}

const METHODS: Readonly<Record<string, Activity>> = {
  CONNECT: [1, "Connect"],
  DELETE: [2, "Delete"],
  GET: [3, "Get"],
  HEAD: [4, "Head"],
  OPTIONS: [5, "Options"],
  POST: [6, "Post"],
  PUT: [7, "Put"],
  TRACE: [8, "Trace"],
};

function activityOf(method: string | undefined): Activity {
  if (method === undefined) return [0, "Unknown"];
  return (Object.hasOwn(METHODS, method) ? METHODS[method] : undefined) ?? [99, method];
}

/** Whether a record is AWS WAF's. */
export function isWaf(record: Fields): boolean {
  return textOf(record.webaclId) !== undefined && textOf(fieldsOf(record.httpRequest).clientIp) !== undefined;
}

// `action_id` and `disposition_id` of the profile security_control.
const ACTIONS: Readonly<Record<string, Fields>> = {
  ALLOW: { action: "Allowed", action_id: 1, disposition: "Allowed", disposition_id: 1 },
  BLOCK: { action: "Denied", action_id: 2, disposition: "Blocked", disposition_id: 2 },
};

/**
 * Of the headers it keeps the host, the user agent and the referrer: the others may hold what lets somebody in.
 * https://docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html
 *
 * @returns undefined when the record has no time
 */
export function fromWaf(record: Fields, place: LogPlace): OcsfEvent | undefined {
  const time = integerOf(record.timestamp);
  if (time === undefined) return undefined;
  const request = fieldsOf(record.httpRequest);
  const header = (wanted: string) =>
    textOf(
      listOf(request.headers)
        .map(fieldsOf)
        .find(({ name }) => String(name).toLowerCase() === wanted)?.value,
    );
  const action = textOf(record.action) ?? "UNKNOWN";
  const method = textOf(request.httpMethod);
  const rule = textOf(record.terminatingRuleId);
  const blocked = action === "BLOCK";
  const code = integerOf(record.responseCodeSent) ?? (blocked ? 403 : undefined);
  const webAcl = textOf(record.webaclId) as string;
  return ocsfEvent({
    ofClass: HTTP_ACTIVITY,
    activity: activityOf(method),
    severity: blocked ? 2 : 1,
    time,
    message: `${action} by ${rule ?? "no rule"}: ${method ?? "a request"} ${textOf(request.uri) ?? ""}`.trimEnd(),
    cloud: {
      accountId: arnPart(webAcl, 4) ?? place.accountId,
      region: arnPart(webAcl, 3) || place.region,
    },
    metadata: {
      product: { name: "AWS WAF", version: String(integerOf(record.formatVersion) ?? 1) },
      profiles: ["cloud", "security_control"],
      uid: textOf(request.requestId),
      event_code: action,
      labels: listOf(record.labels).map((label) => textOf(fieldsOf(label).name)),
    },
    attributes: {
      ...(ACTIONS[action] ?? { action: "Other", action_id: 99, disposition: action, disposition_id: 99 }),
      ...statusOf(!blocked),
      firewall_rule:
        rule === undefined ? undefined : { uid: rule, name: rule, type: textOf(record.terminatingRuleType) },
      policy: { uid: webAcl },
      src_endpoint: {
        ...endpointOf(textOf(request.clientIp) as string),
        location: { country: textOf(request.country) },
      },
      dst_endpoint: { svc_name: textOf(record.httpSourceName), uid: textOf(record.httpSourceId) },
      http_request: {
        uid: textOf(request.requestId),
        http_method: method,
        version: textOf(request.httpVersion),
        user_agent: header("user-agent"),
        referrer: header("referer"),
        length: integerOf(record.requestBodySize),
        url: { path: textOf(request.uri), query_string: textOf(request.args), hostname: header("host") },
      },
      http_response: { code },
      unmapped: {
        terminatingRuleMatchDetails: record.terminatingRuleMatchDetails,
        rateBasedRuleList: record.rateBasedRuleList,
        nonTerminatingMatchingRules: record.nonTerminatingMatchingRules,
        ja4Fingerprint: record.ja4Fingerprint,
      },
    },
  });
}

/** Whether a record is the gateway's, as `SecureGateway` writes its access log. */
export function isGateway(record: Fields): boolean {
  return [record.requestId, record.sourceIp, record.method].every((value) => textOf(value) !== undefined);
}

/** @returns undefined when the record has no time or no status */
export function fromGateway(record: Fields, place: LogPlace): OcsfEvent | undefined {
  const time = integerOf(record.time);
  const code = integerOf(record.status);
  if (time === undefined || code === undefined) return undefined;
  const method = textOf(record.method);
  const path = textOf(record.resourcePath);
  return ocsfEvent({
    ofClass: HTTP_ACTIVITY,
    activity: activityOf(method),
    severity: 1,
    time,
    message: `${code}: ${method} ${path ?? ""}`.trimEnd(),
    cloud: place,
    metadata: {
      product: { name: "API Gateway" },
      profiles: ["cloud"],
      uid: textOf(record.extendedRequestId) ?? textOf(record.requestId),
      correlation_uid: textOf(record.traceId),
      event_code: textOf(record.operation),
    },
    attributes: {
      ...statusOf(code < 400),
      status_code: String(code),
      status_detail: textOf(record.errorType),
      duration: integerOf(record.responseMilliseconds),
      src_endpoint: endpointOf(textOf(record.sourceIp) as string),
      dst_endpoint: { svc_name: "apigateway.amazonaws.com", hostname: textOf(record.domain) },
      http_request: {
        uid: textOf(record.requestId),
        http_method: method,
        version: textOf(record.protocol),
        url: { path: path ?? "/", hostname: textOf(record.domain) },
      },
      http_response: { code, length: integerOf(record.responseBytes), latency: integerOf(record.responseMilliseconds) },
      tls:
        textOf(record.tlsVersion) === undefined
          ? undefined
          : { version: textOf(record.tlsVersion), cipher: textOf(record.cipherSuite) },
      unmapped: {
        operation: textOf(record.operation),
        principalId: textOf(record.principalId),
        authorizerStatus: textOf(record.authorizerStatus),
        authorizerError: textOf(record.authorizerError),
        firewallStatus: textOf(record.firewallStatus),
        integrationStatus: textOf(record.integrationStatus),
        integrationRequestId: textOf(record.integrationRequestId),
      },
    },
  });
}

// `arn:aws:wafv2:<region>:<account>:...`; of CloudFront's web ACL the region is us-east-1's.
function arnPart(arn: string, index: number): string | undefined {
  return arn.split(":")[index];
}
