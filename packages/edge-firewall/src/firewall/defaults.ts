import {
  LoggedRequests,
  ManagedGroup,
  type ManagedGroupArgs,
  type RateRuleArgs,
  RequestComponent,
  SqlInjectionSensitivity,
  TextTransformation,
} from "./args.ts";

/** Headers whose own syntax (lists, quoted strings, boundaries of dashes, tokens) an injection rule may take for an attack. */
const STRUCTURED_HEADERS: string[] = [
  "accept",
  "accept-encoding",
  "accept-language",
  "authorization",
  "content-type",
  // Inspected as a component of its own.
  "cookie",
  "if-match",
  "if-none-match",
  "sec-ch-ua",
  "sec-ch-ua-full-version-list",
  "sec-ch-ua-platform",
];

/** Each value of the query by itself: the whole string has separators that an injection has to be found across. */
const INSPECTED: RequestComponent[] = [
  RequestComponent.QueryArguments,
  RequestComponent.JsonBody,
  RequestComponent.Headers,
  RequestComponent.Cookies,
  RequestComponent.UriPath,
];

/** The whole query, its names too: what is looked for stands anywhere in a text. */
const PATTERN_INSPECTED: RequestComponent[] = [
  RequestComponent.QueryString,
  RequestComponent.JsonBody,
  RequestComponent.Headers,
  RequestComponent.Cookies,
  RequestComponent.UriPath,
];

/** Percent codes are undone twice: some servers do, and one decoding shows only the code of the code. */
const DECODED: TextTransformation[] = [
  TextTransformation.UrlDecodeUnicode,
  TextTransformation.HtmlEntityDecode,
  TextTransformation.UrlDecode,
];

/** What an option is where it is not given. */
export const DEFAULTS = {
  /** One address may use a fifth of what the gateway accepts by default (50 requests a second), so that a flood of it starves nobody. */
  rateRules: { "per-address": { limit: 600, windowSeconds: 60 } } as Record<string, RateRuleArgs>,
  windowSeconds: 60,
  /** https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-sqli-match.html: low where the code defends itself. */
  sensitivity: SqlInjectionSensitivity.Low,
  inspected: INSPECTED,
  sqlTransformations: [...DECODED, TextTransformation.CompressWhiteSpace],
  scriptTransformations: DECODED,
  patternInspected: PATTERN_INSPECTED,
  patternTransformations: [...DECODED, TextTransformation.ReplaceComments],
  excludedHeaders: STRUCTURED_HEADERS,
  /** AWS WAF's own default for API Gateway; more costs a fee for each request. */
  bodyInspectionKilobytes: 16,
  queryStringBytes: 2048,
  uriPathBytes: 1024,
  cookieBytes: 4096,
  managedGroups: [{ group: ManagedGroup.IpReputation }, { group: ManagedGroup.KnownBadInputs }] as ManagedGroupArgs[],
  /** What AWS's basic price holds: https://docs.aws.amazon.com/waf/latest/developerguide/aws-waf-capacity-units.html */
  maximumCapacity: 1500,
  originHeader: "x-origin-verify",
  loggedRequests: LoggedRequests.Matched,
  /** Three months: long enough to look back from a slow disclosure; PCI DSS 10.5.1 asks for three at hand. */
  logRetentionDays: 90,
  blockedRequestsThreshold: 1000,
} as const;

/** What no option changes. */
export const FIXED = {
  /** What AWS WAF could not inspect whole is treated as a match, and blocked. */
  oversizeHandling: "MATCH",
  /** A JSON body that AWS WAF cannot parse is inspected as the text that it is. */
  invalidJson: "EVALUATE_AS_STRING",
  /** https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html: 8 KB of headers and of cookies. */
  headerBytes: 8192,
  /** Credentials, never in a log or a sample. */
  redactedHeaders: ["authorization", "cookie", "x-api-key"],
  /** Security Hub's control WAF.12. */
  metrics: true,
} as const;

/** The most capacity units that a web ACL has, without asking AWS. */
export const HARD_CAPACITY = 5000;
