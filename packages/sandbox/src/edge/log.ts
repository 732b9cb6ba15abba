import type { Condition, FieldToMatch, Filter, LoggingConfiguration } from "@aws-sdk/client-wafv2";
import type { Verdict } from "./web-acl.ts";

/** A record of AWS WAF's log, in AWS's own form (docs.aws.amazon.com/waf/latest/developerguide/logging-fields.html). */
export interface WafLogRecord {
  timestamp: number;
  formatVersion: 1;
  webaclId: string;
  terminatingRuleId: string;
  terminatingRuleType: string;
  action: string;
  terminatingRuleMatchDetails: unknown[];
  httpSourceName: "APIGW";
  httpSourceId: string;
  ruleGroupList: unknown[];
  rateBasedRuleList: unknown[];
  nonTerminatingMatchingRules: unknown[];
  requestHeadersInserted: { name: string; value: string }[] | null;
  responseCodeSent: number | null;
  httpRequest: {
    clientIp: string;
    country: string;
    headers: { name: string; value: string }[];
    uri: string;
    args: string;
    httpVersion: string;
    httpMethod: string;
    requestId: string;
  };
  labels?: { name: string }[];
  /** Present when the request has a body. */
  requestBodySize?: number;
  requestBodySizeInspectedByWAF?: number;
  oversizeFields?: string[];
}

const REDACTED = "REDACTED";

/** What a record needs beside the verdict. */
export interface LogSource {
  webAclArn: string;
  /** `<account>:<REST API>:<stage>`. */
  httpSourceId: string;
  timestamp: number;
  /** Size of the body in bytes as far as it is known. */
  bodySize: number;
}

/** Makes the record of one request; undefined when the filter drops it. */
export function logRecord(verdict: Verdict, source: LogSource, config: LoggingConfiguration): WafLogRecord | undefined {
  if (!kept(verdict, config)) return undefined;
  const { inspected, action } = verdict;
  const { request } = inspected;
  const redaction = redactionOf(config.RedactedFields);
  const shown = (detail: { location: string; matchedFieldName: string; matchedData: string[] }) =>
    redaction.hides(detail.location, detail.matchedFieldName) ? { ...detail, matchedData: [REDACTED] } : detail;
  const record: WafLogRecord = {
    timestamp: source.timestamp,
    formatVersion: 1,
    webaclId: source.webAclArn,
    terminatingRuleId: verdict.rule,
    terminatingRuleType: verdict.ruleType,
    action,
    terminatingRuleMatchDetails: verdict.ruleWithinGroup ? [] : verdict.details.map(shown),
    httpSourceName: "APIGW",
    httpSourceId: source.httpSourceId,
    ruleGroupList: ruleGroupList(verdict, shown),
    rateBasedRuleList: verdict.rateExcesses,
    nonTerminatingMatchingRules: verdict.counted
      .filter(({ ruleGroup }) => ruleGroup === undefined)
      .map(({ ruleId, action: counted, ruleMatchDetails }) => ({
        ruleId,
        action: counted,
        ruleMatchDetails: ruleMatchDetails.map(shown),
      })),
    requestHeadersInserted: verdict.insertedHeaders.length > 0 ? verdict.insertedHeaders.map(named) : null,
    // Only where the rule sets one: AWS logs null for its own 403.
    responseCodeSent: verdict.answer && verdict.answer.status !== 403 ? verdict.answer.status : null,
    httpRequest: {
      clientIp: request.clientIp,
      country: verdict.country ?? "-",
      headers: inspected.headers.map(([name, value]) => ({
        name,
        value: redaction.hides("HEADER", name) ? REDACTED : value,
      })),
      uri: redaction.hides("URI", "") ? REDACTED : request.path,
      args: redaction.hides("QUERY_STRING", "") ? REDACTED : request.query,
      httpVersion: `HTTP/${request.httpVersion}`,
      httpMethod: redaction.hides("METHOD", "") ? REDACTED : request.method,
      requestId: request.requestId,
    },
  };
  // "AWS WAF logs the first 100 labels."
  if (verdict.labels.length > 0) record.labels = verdict.labels.slice(0, 100).map((name) => ({ name }));
  if (source.bodySize > 0) {
    record.requestBodySize = source.bodySize;
    record.requestBodySizeInspectedByWAF = inspected.body.length;
  }
  const oversize = [
    ...(inspected.bodyOversize ? ["REQUEST_BODY", "REQUEST_JSON_BODY"] : []),
    ...(inspected.headersOversize ? ["REQUEST_HEADERS"] : []),
    ...(inspected.cookiesOversize ? ["REQUEST_COOKIES"] : []),
  ];
  if (oversize.length > 0) record.oversizeFields = oversize;
  return record;
}

function named([name, value]: [string, string]): { name: string; value: string } {
  return { name, value };
}

function ruleGroupList(verdict: Verdict, shown: (detail: Verdict["details"][number]) => unknown): unknown[] {
  const { ruleWithinGroup: ending, action } = verdict;
  if (!ending) return [];
  return [
    {
      ruleGroupId: ending.groupArn,
      terminatingRule: { ruleId: ending.rule, action, ruleMatchDetails: verdict.details.map(shown) },
      nonTerminatingMatchingRules: [],
      excludedRules: null,
    },
  ];
}

interface Redaction {
  hides(location: string, name: string): boolean;
}

/** The fields that AWS lets a log redact: single headers, URI path, query string and method (API_LoggingConfiguration). */
function redactionOf(fields: readonly FieldToMatch[] = []): Redaction {
  const headers = new Set(
    fields.flatMap(({ SingleHeader }) => (SingleHeader ? [SingleHeader.Name?.toLowerCase()] : [])),
  );
  const uri = fields.some(({ UriPath }) => UriPath);
  const query = fields.some(({ QueryString }) => QueryString);
  const method = fields.some(({ Method }) => Method);
  return {
    hides(location, name) {
      if (location === "HEADER") return headers.has(name.toLowerCase());
      // A cookie's value is a part of its header's.
      if (location === "COOKIE") return headers.has("cookie");
      if (location === "URI") return uri;
      if (location === "METHOD") return method;
      return query && /QUERY/.test(location);
    },
  };
}

/** Whether the logging filter keeps a record (docs.aws.amazon.com/waf/latest/APIReference/API_LoggingFilter.html). */
function kept(verdict: Verdict, { LoggingFilter }: LoggingConfiguration): boolean {
  for (const filter of LoggingFilter?.Filters ?? []) {
    if (meets(filter, verdict)) return filter.Behavior === "KEEP";
  }
  return LoggingFilter?.DefaultBehavior !== "DROP";
}

function meets({ Conditions = [], Requirement }: Filter, verdict: Verdict): boolean {
  const test = (condition: Condition) => holds(condition, verdict);
  return Requirement === "MEETS_ALL" ? Conditions.every(test) : Conditions.some(test);
}

function holds({ ActionCondition, LabelNameCondition }: Condition, verdict: Verdict): boolean {
  if (LabelNameCondition) return verdict.labels.includes(LabelNameCondition.LabelName as string);
  const action = ActionCondition?.Action;
  if (action === "COUNT") return verdict.counted.some(({ ruleGroup }) => ruleGroup === undefined);
  if (action === "EXCLUDED_AS_COUNT") return verdict.counted.some(({ ruleGroup }) => ruleGroup !== undefined);
  return verdict.action === action;
}
