import type { ExistingLogGroup } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";

/** Where the web ACL stands. */
export enum FirewallScope {
  /** In front of a REST API's stage, in the stage's own region. */
  Regional = "REGIONAL",
  /** In front of a CloudFront distribution; AWS keeps such web ACLs in us-east-1 only. */
  CloudFront = "CLOUDFRONT",
}

/** What happens to a request that a rule matches. */
export enum RuleAction {
  /** The request is refused with the firewall's JSON answer. */
  Block = "BLOCK",
  /** The request passes, and no later rule looks at it. */
  Allow = "ALLOW",
  /** The match is counted and logged, and the next rule is asked. */
  Count = "COUNT",
  /** A browser must prove in the background that it is one. */
  Challenge = "CHALLENGE",
  /** A person must solve a puzzle. */
  Captcha = "CAPTCHA",
}

/** What a rate is counted by. */
export enum RateKey {
  /** The address that the connection comes from. */
  Address = "IP",
  /** The first address in a header that a proxy in front wrote. */
  ForwardedAddress = "FORWARDED_IP",
  /** The combination of `customKeys`. */
  Custom = "CUSTOM_KEYS",
  /** Nothing: all requests that `requests` selects are counted together. */
  AllRequests = "CONSTANT",
}

/** One part of a combined rate key. */
export enum RateKeyPart {
  Address = "IP",
  ForwardedAddress = "FORWARDED_IP",
  Header = "HEADER",
  Cookie = "COOKIE",
  QueryArgument = "QUERY_ARGUMENT",
  QueryString = "QUERY_STRING",
  UriPath = "URI_PATH",
  Method = "HTTP_METHOD",
}

/** The part of a request that a rule looks at. */
export enum RequestComponent {
  /** The query string as it was sent, without the question mark. */
  QueryString = "QUERY_STRING",
  /** Each value of the query string by itself. */
  QueryArguments = "ALL_QUERY_ARGUMENTS",
  /** The path. At API Gateway's own address it begins with the stage's name. */
  UriPath = "URI_PATH",
  /** The body as it was sent. */
  Body = "BODY",
  /** Every key and value of a JSON body; a body that is no JSON is inspected as text. */
  JsonBody = "JSON_BODY",
  /** The values of all headers but `excludedHeaders`. */
  Headers = "HEADERS",
  /** The names and values of all cookies. */
  Cookies = "COOKIES",
  /** The method. */
  Method = "METHOD",
  /** One header, named by `headerName`. */
  Header = "SINGLE_HEADER",
}

/** What is done to a component before it is inspected: attackers encode what a plain comparison would find. */
export enum TextTransformation {
  None = "NONE",
  UrlDecode = "URL_DECODE",
  UrlDecodeUnicode = "URL_DECODE_UNI",
  HtmlEntityDecode = "HTML_ENTITY_DECODE",
  Lowercase = "LOWERCASE",
  CompressWhiteSpace = "COMPRESS_WHITE_SPACE",
  JavaScriptDecode = "JS_DECODE",
  CssDecode = "CSS_DECODE",
  EscapeSequenceDecode = "ESCAPE_SEQ_DECODE",
  HexDecode = "HEX_DECODE",
  SqlHexDecode = "SQL_HEX_DECODE",
  Base64Decode = "BASE64_DECODE",
  CommandLine = "CMD_LINE",
  NormalizePath = "NORMALIZE_PATH",
  NormalizePathWindows = "NORMALIZE_PATH_WIN",
  RemoveNulls = "REMOVE_NULLS",
  ReplaceNulls = "REPLACE_NULLS",
  ReplaceComments = "REPLACE_COMMENTS",
  Utf8ToUnicode = "UTF8_TO_UNICODE",
}

/** How eagerly AWS WAF takes text for SQL injection. */
export enum SqlInjectionSensitivity {
  /** Fewer harmless requests are blocked; AWS's advice where the code behind has its own defence, such as prepared statements. */
  Low = "LOW",
  /** More attacks are found, and more harmless requests are blocked. Costs 30 capacity units a component in the place of 20. */
  High = "HIGH",
}

/** Where in a component a filter's value stands. */
export enum MatchPosition {
  Exactly = "EXACTLY",
  StartsWith = "STARTS_WITH",
  EndsWith = "ENDS_WITH",
  Contains = "CONTAINS",
  /** As a word of its own; the value has only letters, digits and underscores. */
  ContainsWord = "CONTAINS_WORD",
}

/** What happens where an address cannot be read from a forwarding header. */
export enum ForwardedAddressFallback {
  /** The request is treated as matching. */
  Match = "MATCH",
  /** The request is treated as not matching. */
  NoMatch = "NO_MATCH",
}

/** AWS's own rule groups that cost nothing beyond their rule, and its rule group for floods. */
export enum ManagedGroup {
  /** The core rule set: 700 capacity units. Its size rules refuse bodies above 8 KB. */
  Common = "AWSManagedRulesCommonRuleSet",
  /** Requests known to exploit: Log4Shell, Java deserialization, and their like: 200 capacity units. */
  KnownBadInputs = "AWSManagedRulesKnownBadInputsRuleSet",
  /** More patterns of SQL injection: 200 capacity units. */
  SqlDatabase = "AWSManagedRulesSQLiRuleSet",
  /** Paths of administration pages: 100 capacity units. */
  AdminProtection = "AWSManagedRulesAdminProtectionRuleSet",
  /** Patterns of Linux: 200 capacity units. */
  Linux = "AWSManagedRulesLinuxRuleSet",
  /** Patterns of POSIX systems: 100 capacity units. */
  Unix = "AWSManagedRulesUnixRuleSet",
  /** Addresses that AWS saw attacking: 25 capacity units. */
  IpReputation = "AWSManagedRulesAmazonIpReputationList",
  /** Addresses of anonymizing proxies, VPNs, Tor and hosting providers: 50 capacity units. It blocks partners' servers too. */
  AnonymousIp = "AWSManagedRulesAnonymousIpList",
}

/** How deep Bot Control looks. */
export enum BotInspection {
  /** Bots that name themselves. */
  Common = "COMMON",
  /** Bots that hide as well; priced higher. */
  Targeted = "TARGETED",
}

/** How sure the flood rule group must be. */
export enum DdosSensitivity {
  Low = "LOW",
  Medium = "MEDIUM",
  High = "HIGH",
}

/** The form of the body of a sign-in or a registration. */
export enum LoginPayload {
  /** Fields are JSON pointers, for example `/username`. */
  Json = "JSON",
  /** Fields are names of a form. */
  Form = "FORM_ENCODED",
}

/** Which requests are logged. */
export enum LoggedRequests {
  /** All. */
  All = "ALL",
  /** Those that a rule matched in any way other than allowing: blocked, counted, challenged. */
  Matched = "MATCHED",
}

/** Requests by path and method. With both, a request must have both. */
export interface RequestSelection {
  /**
   * Paths as the API's document has them, for example `/session` or `/orders/{orderId}`. A path matches with or without one segment
   * before it (the stage's name, at API Gateway's own address), and with slashes after it. The default is every path.
   */
  paths?: string[];
  /** Methods, for example `POST`. The default is every method. */
  methods?: string[];
}

/** A header that holds the client's address. Whoever reaches the API directly can write it. */
export interface ForwardedAddressArgs {
  /**
   * The header's name. The default is `X-Forwarded-For`.
   *
   * @default "X-Forwarded-For"
   */
  headerName?: string;
  /**
   * What happens where the header holds no address. A request without the header never matches. The default is a match.
   *
   * @default ForwardedAddressFallback.Match
   */
  fallback?: ForwardedAddressFallback;
  /** Why the header can be trusted: which proxy writes it, and why no client gets around it. At least ten characters; it becomes a tag. */
  trustReason: string;
}

/** One part of a combined rate key. */
export interface RateKeyPartArgs {
  /** What the part is. */
  part: RateKeyPart;
  /** The name of the header, cookie or query argument; only for those, and required there. */
  name?: string;
}

/** A limit of requests by origin. */
export interface RateRuleArgs {
  /** Requests that one origin may make within the window: a whole number from 10 to 2000000000. */
  limit: number;
  /**
   * Seconds over which AWS WAF counts: 60, 120, 300 or 600. AWS WAF notices within about half a minute; the limit is not exact. The
   * default is 60.
   *
   * @default 60
   */
  windowSeconds?: number;
  /**
   * What an origin is. The default is the address.
   *
   * @default RateKey.Address
   */
  aggregateBy?: RateKey;
  /** One to five parts of the key, with `RateKey.Custom` only. An `Address` or `ForwardedAddress` part needs another beside it. */
  customKeys?: RateKeyPartArgs[];
  /** The header with the address, with a forwarded address as the key or a part of it. */
  forwardedAddress?: ForwardedAddressArgs;
  /** Which requests count. The default is all; required with `RateKey.AllRequests`. */
  requests?: RequestSelection;
  /**
   * What happens above the limit: `Block` (429), `Count`, `Challenge` or `Captcha`. The default is to block.
   *
   * @default RuleAction.Block
   */
  action?: RuleAction;
}

/** Addresses and what happens to their requests. Made into an IP set for each version. */
export interface AddressRuleArgs {
  /** IPv4 addresses and ranges, for example `192.0.2.0/24`; without a length, one address. The list must be a literal, its items need not. */
  ipv4Addresses?: pulumi.Input<string>[];
  /** IPv6 addresses and ranges, for example `2001:db8::/32`. The list must be a literal, its items need not. */
  ipv6Addresses?: pulumi.Input<string>[];
  /**
   * What happens. The default is to block. `Allow` ends the evaluation: no later rule looks at such a request.
   *
   * @default RuleAction.Block
   */
  action?: RuleAction;
  /**
   * True for every address but these. The default is false.
   *
   * @default false
   */
  othersOnly?: boolean;
  /** The header with the address. The default is none: the connection's own address, which a client cannot write. */
  forwardedAddress?: ForwardedAddressArgs;
}

/** Countries and what happens to requests from there. */
export interface CountryRuleArgs {
  /** ISO 3166 codes of two letters, for example `KP`. One to 50. */
  countryCodes: string[];
  /**
   * What happens: `Block`, `Count`, `Challenge` or `Captcha`. The default is to block.
   *
   * @default RuleAction.Block
   */
  action?: RuleAction;
  /**
   * True for every country but these. The default is false.
   *
   * @default false
   */
  othersOnly?: boolean;
  /** The header with the address. The default is none: the connection's own address. */
  forwardedAddress?: ForwardedAddressArgs;
}

/** A filter by the text of one component. */
export interface FilterRuleArgs {
  /** The component. */
  component: RequestComponent;
  /** The header's name, with `RequestComponent.Header` only. */
  headerName?: string;
  /** Where a value stands. The default is exactly. Not with `regularExpressions`. */
  position?: MatchPosition;
  /** Values, any of which matches: 1 to 200 bytes each. Either these or `regularExpressions`. */
  values?: string[];
  /** One to ten regular expressions, any of which matches: at most 200 characters each. Made into a regex pattern set. */
  regularExpressions?: string[];
  /** What is done to the component first, in this order. The default is nothing. Each costs 10 capacity units a value. */
  textTransformations?: TextTransformation[];
  /** True for requests that match none. The default is false. */
  othersOnly?: boolean;
  /** Which requests are filtered. The default is all. */
  requests?: RequestSelection;
  /** What happens. The default is to block. `Allow` ends the evaluation: no later rule looks at such a request. */
  action?: RuleAction;
}

/** A route whose bodies a rule does not read, because their form looks like an attack to it. */
export interface BodyExceptionArgs {
  /** The route's path as the API's document has it. It is compared as it was sent: an encoded path has no exception. */
  path: string;
  /** Why, and what reads such a body in the rule's place: at least ten characters. It becomes a tag that the policy pack reports. */
  reason: string;
}

/** The rule against SQL injection. */
export interface SqlInjectionArgs {
  /**
   * How eager it is. The default is low, because prepared statements stand behind it.
   *
   * @default SqlInjectionSensitivity.Low
   */
  sensitivity?: SqlInjectionSensitivity;
  /** Where it looks. The default is each value of the query, the body as JSON, headers, cookies and the path. */
  components?: RequestComponent[];
  /** What is done first, in this order. The default is URL_DECODE_UNI, HTML_ENTITY_DECODE, URL_DECODE, COMPRESS_WHITE_SPACE, and JS_DECODE for a body. */
  textTransformations?: TextTransformation[];
  /** Headers that are not inspected, with `RequestComponent.Headers`. The default is those whose syntax looks like SQL: see DEFAULTS. */
  excludedHeaders?: string[];
  /** Routes whose bodies are not read; everything else of their requests is. The default is none. */
  bodyExceptions?: BodyExceptionArgs[];
}

/** The rule against cross-site scripting. */
export interface CrossSiteScriptingArgs {
  /** Where it looks. The default is each value of the query, the body as JSON, headers, cookies and the path. */
  components?: RequestComponent[];
  /** What is done first, in this order. The default is URL_DECODE_UNI, HTML_ENTITY_DECODE, and JS_DECODE for a body. */
  textTransformations?: TextTransformation[];
  /** Headers that are not inspected, with `RequestComponent.Headers`. The default is those whose syntax looks like an attack: see DEFAULTS. */
  excludedHeaders?: string[];
  /** Routes whose bodies are not read; everything else of their requests is. The default is none. */
  bodyExceptions?: BodyExceptionArgs[];
}

/** The rule that looks for spellings of injections which the detectors take for text. */
export interface InjectionPatternArgs {
  /** Where it looks. The default is the whole query string, the body as JSON, headers, cookies and the path. */
  components?: RequestComponent[];
  /** What is done first, in this order. The default is URL_DECODE_UNI, HTML_ENTITY_DECODE, URL_DECODE, REPLACE_COMMENTS, and JS_DECODE for a body. */
  textTransformations?: TextTransformation[];
  /** Headers that are not inspected, with `RequestComponent.Headers`. The default is those of the other two rules: see DEFAULTS. */
  excludedHeaders?: string[];
  /** Routes whose bodies are not read; everything else of their requests is. The default is none. */
  bodyExceptions?: BodyExceptionArgs[];
}

/** The largest components that pass. What AWS WAF cannot inspect whole never passes, whatever is set here. */
export interface SizeLimitArgs {
  /** Bytes of the body: at most `bodyInspectionKilobytes`, which is the default. */
  bodyBytes?: number;
  /**
   * Bytes of the query string: from 0 to 8192. The default is 2048.
   *
   * @default 2048
   */
  queryStringBytes?: number;
  /**
   * Bytes of the path, where a slash counts as one: from 1 to 8192. The default is 1024.
   *
   * @default 1024
   */
  uriPathBytes?: number;
  /**
   * Bytes of all cookies, as the header `Cookie` holds them: from 0 to 8192. The default is 4096.
   *
   * @default 4096
   */
  cookieBytes?: number;
}

/** One rule of a rule group with another action than the group gives it. */
export interface RuleOverrideArgs {
  /** The rule's name in its group. */
  rule: string;
  /** What happens in the place of the rule's own action. */
  action: RuleAction;
}

/** How one of AWS's rule groups is used. */
export interface ManagedGroupArgs {
  /** The group. */
  group: ManagedGroup;
  /** A version, for example `Version_1.0`. The default is none: AWS's default version, which AWS keeps up to date. */
  version?: string;
  /** Rules with another action. The default is none. */
  ruleOverrides?: RuleOverrideArgs[];
  /** Which requests it looks at. The default is all. */
  requests?: RequestSelection;
}

/** Bot Control: ten dollars a month, and a price for each million requests it inspects. */
export interface BotControlArgs {
  /** How deep it looks. The default is common. */
  inspection?: BotInspection;
  /** Whether targeted inspection learns from traffic. The default is true. Only with targeted inspection. */
  machineLearning?: boolean;
  /** Rules with another action. The default is none. */
  ruleOverrides?: RuleOverrideArgs[];
  /** Which requests it looks at, and are paid for. The default is all. */
  requests?: RequestSelection;
}

/** AWS's rule group against floods: twenty dollars a month, and a price for each million requests. */
export interface AntiDdosArgs {
  /** How sure it must be to block. The default is low sensitivity: only what is very suspicious. */
  sensitivityToBlock?: DdosSensitivity;
  /** True to challenge browsers in an attack. The default is false: clients of an API are no browsers and would fail. */
  challenge?: boolean;
  /** Regular expressions of paths that are not challenged, at most five. Only with `challenge`, and required there. */
  exemptPaths?: string[];
}

/** How CloudFront's answer to a sign-in or a registration tells success from failure: by status code. CloudFront only. */
export interface ResponseInspectionArgs {
  /** Status codes of success, for example 200. */
  successCodes: number[];
  /** Status codes of failure, for example 401. */
  failureCodes: number[];
}

/** Account takeover prevention: ten dollars a month, and a price for each thousand sign-ins it inspects. */
export interface AccountTakeoverArgs {
  /**
   * The path of the sign-in as the API's document has it, for example `/session`. It must be a route of this API: a sign-in at
   * Cognito's own address passes no web ACL of this API.
   */
  loginPath: string;
  /** The form of the body. The default is JSON. */
  payload?: LoginPayload;
  /** Where the user's name is: a JSON pointer, for example `/username`, or a form's field. */
  usernameField: string;
  /** Where the password is. */
  passwordField: string;
  /** How an answer tells success. CloudFront only: AWS inspects no response of API Gateway. The default is none. */
  responseInspection?: ResponseInspectionArgs;
  /** Rules with another action. The default is none. */
  ruleOverrides?: RuleOverrideArgs[];
}

/** Account creation fraud prevention: ten dollars a month, and a price for each thousand registrations it inspects. */
export interface AccountCreationArgs {
  /** The path that accepts a registration, as the API's document has it. */
  creationPath: string;
  /** The path of the page with the form. AWS WAF looks for its GET requests, which must return HTML. */
  registrationPagePath: string;
  /** The form of the body. The default is JSON. */
  payload?: LoginPayload;
  /** Where the user's name is. The default is not sent. */
  usernameField?: string;
  /** Where the password is. The default is not sent. */
  passwordField?: string;
  /** Where the email address is. The default is not sent. */
  emailField?: string;
  /** Where parts of a telephone number are. The default is none. */
  phoneNumberFields?: string[];
  /** Where parts of a postal address are. The default is none. */
  addressFields?: string[];
  /** How an answer tells success. CloudFront only. The default is none. */
  responseInspection?: ResponseInspectionArgs;
  /** Rules with another action. The default is none. */
  ruleOverrides?: RuleOverrideArgs[];
}

/** A rule group of a seller at the AWS Marketplace, to which the account is subscribed already. */
export interface MarketplaceGroupArgs {
  /** The seller's name, as `aws wafv2 list-available-managed-rule-groups` shows it. */
  vendorName: string;
  /** The group's name. */
  groupName: string;
  /** Its capacity units, as `aws wafv2 describe-managed-rule-group` shows them. */
  capacity: number;
  /** A version. The default is the seller's default version. */
  version?: string;
  /** Rules with another action. The default is none. */
  ruleOverrides?: RuleOverrideArgs[];
  /** Which requests it looks at. The default is all. */
  requests?: RequestSelection;
}

/** A rule group of the account's own. */
export interface CustomGroupArgs {
  /** The rule group's ARN, of the same scope and region. */
  ruleGroupArn: pulumi.Input<string>;
  /** The capacity units that the group was created with. */
  capacity: number;
  /** Rules with another action. The default is none. */
  ruleOverrides?: RuleOverrideArgs[];
}

/** Rules that count where they would act, while their effect is watched. */
export interface CountModeArgs {
  /** The rules' keys, for example `sql-injection` or `rate-per-address`. The default is every rule. */
  rules?: string[];
  /** Why, and until when: at least ten characters. It becomes a tag that the policy pack reports. */
  reason: string;
}

/** A header that CloudFront adds and only CloudFront knows, so that the API refuses who comes around it. */
export interface OriginSecretArgs {
  /** The header's value: at least 32 characters. It is kept as a secret in the state. */
  value: pulumi.Input<string>;
  /** The value before it, accepted while a new one is rolled out. The default is none. */
  previousValue?: pulumi.Input<string>;
  /**
   * The header's name. The default is `x-origin-verify`.
   *
   * @default "x-origin-verify"
   */
  headerName?: string;
}

/** Shield Advanced for a CloudFront distribution. */
export interface ShieldAdvancedArgs {
  /** The distribution's ARN. Shield Advanced protects CloudFront, Route 53, Global Accelerator, load balancers and elastic addresses, not API Gateway. */
  distributionArn: pulumi.Input<string>;
  /**
   * True to confirm the price: 3000 dollars a month for each organization, for at least a year, and data transfer beside it. The
   * subscription cannot be ended before the year is over.
   */
  confirmPriceOf3000DollarsAMonthForAYear: boolean;
  /**
   * True where the account is subscribed already, so that only the protection is made. The default is false: the subscription is
   * made too, and is left alone on destroy.
   *
   * @default false
   */
  existingSubscription?: boolean;
}

/** The arguments of `EdgeFirewall`. Every option has a default. */
export interface EdgeFirewallArgs {
  /**
   * Where the web ACL stands. It must be a literal. Changing this replaces the web ACL. The default is in front of an API's stage.
   *
   * @default FirewallScope.Regional
   */
  scope?: FirewallScope;

  /**
   * The ARN of the REST API's stage to put the web ACL in front of. Its presence, which must be a literal, decides whether an
   * association exists; it is made again when the stage is replaced. Not with CloudFront, where the distribution names the web ACL.
   * The default is none: pass `webAclArn` to the gateway's `firewall` in its place. Use one of the two, never both.
   *
   * @example `{ stageArn: gateway.stageArn }`
   */
  stageArn?: pulumi.Input<string>;

  /**
   * Limits of requests by origin, by key. A key of a default rule (`per-address`) replaces it. The default is 600 requests a minute
   * for one address: a fifth of what the gateway accepts from all together.
   *
   * @example `{ rateRules: { "sign-in": { limit: 10, windowSeconds: 60, requests: { paths: ["/session"], methods: ["POST"] } } } }`
   */
  rateRules?: Record<string, RateRuleArgs>;

  /** The rule against SQL injection. The default is on, with low sensitivity. */
  sqlInjection?: SqlInjectionArgs;

  /** The rule against cross-site scripting. The default is on. */
  crossSiteScripting?: CrossSiteScriptingArgs;

  /**
   * The rule behind these two that looks for spellings of injections which a detector takes for text, by a regex pattern set of its
   * own. The default is on.
   */
  injectionPatterns?: InjectionPatternArgs;

  /** The largest components that pass. The default is on; see its options. */
  sizeLimits?: SizeLimitArgs;

  /**
   * Kilobytes of a body that AWS WAF inspects: 16, 32, 48 or 64. Above 16 it costs a fee for each million requests. What is
   * longer is blocked. The default is 16.
   *
   * @default 16
   */
  bodyInspectionKilobytes?: number;

  /**
   * Rules by address, by key. Rules that block come before those that allow. The default is none.
   *
   * @example `{ addressRules: { denied: { ipv4Addresses: ["192.0.2.0/24"] } } }`
   */
  addressRules?: Record<string, AddressRuleArgs>;

  /**
   * Rules by country, by key. The default is none.
   *
   * @example `{ countryRules: { embargo: { countryCodes: ["KP"] } } }`
   */
  countryRules?: Record<string, CountryRuleArgs>;

  /**
   * Filters of headers, paths and other components, by key. The default is none.
   *
   * @example `{ filterRules: { scanners: { component: RequestComponent.Header, headerName: "user-agent", position: MatchPosition.StartsWith, values: ["sqlmap"] } } }`
   */
  filterRules?: Record<string, FilterRuleArgs>;

  /**
   * AWS's rule groups without a price for requests, in the place of the default: addresses with a bad reputation, and known bad
   * inputs. An empty list is none; leave the floor `managed-ip-reputation` out by `omittedRules`.
   */
  managedGroups?: ManagedGroupArgs[];

  /** Bot Control, which has its own price. The default is none. */
  botControl?: BotControlArgs;

  /** AWS's rule group against floods, which has its own price. The default is none. */
  antiDdos?: AntiDdosArgs;

  /**
   * Account takeover prevention on a sign-in route, which has its own price. The default is none.
   *
   * @example `{ accountTakeover: { loginPath: "/session", usernameField: "/username", passwordField: "/password" } }`
   */
  accountTakeover?: AccountTakeoverArgs;

  /** Account creation fraud prevention on a registration route, which has its own price. The default is none. */
  accountCreation?: AccountCreationArgs;

  /** Rule groups from the AWS Marketplace, by key. The default is none. */
  marketplaceGroups?: Record<string, MarketplaceGroupArgs>;

  /** Rule groups of the account's own, by key. The default is none. */
  customGroups?: Record<string, CustomGroupArgs>;

  /**
   * Default rules that are left out, by key, each with a reason of at least ten characters that becomes a tag the policy pack
   * reports: `rate-per-address`, `sql-injection`, `cross-site-scripting`, `injection-patterns`, `managed-ip-reputation`,
   * `managed-known-bad-inputs`.
   * `size-limits` cannot be left out: what AWS WAF does not inspect must not pass. The default is none.
   */
  omittedRules?: Record<string, string>;

  /** Rules that count and do not act. The default is none. */
  countMode?: CountModeArgs;

  /**
   * Capacity units that the web ACL may cost at most: from 1 to 5000, of which AWS asks an extra price above 1500. It is computed from AWS's
   * published costs before anything is made. The default is 1500.
   *
   * @default 1500
   */
  maximumCapacity?: number;

  /**
   * The origin secret. With CloudFront it is required, and handed out as the output `originSecret` for the distribution's custom
   * header; in front of a stage, requests without it are blocked before any other rule. The default is none.
   *
   * @example `{ originSecret: { value: config.requireSecret("originSecret") } }`
   */
  originSecret?: OriginSecretArgs;

  /** Shield Advanced, with CloudFront only. The default is none. */
  shieldAdvanced?: ShieldAdvancedArgs;

  /** The body of the answer 403: JSON, at most 4096 bytes. The default is a problem document without details. */
  forbiddenBody?: string;

  /** The body of the answer 429: JSON, at most 4096 bytes. The default is a problem document without details. */
  tooManyRequestsBody?: string;

  /**
   * Which requests are logged. The default is those that a rule matched: blocked, counted, challenged.
   *
   * @default LoggedRequests.Matched
   */
  loggedRequests?: LoggedRequests;

  /** Headers whose values are redacted in logs and samples, beside `authorization`, `cookie`, `x-api-key` and the origin secret's. The default is none. */
  redactedHeaders?: string[];

  /**
   * True to redact the query string in logs and samples. The default is false: false positives in it could not be found.
   *
   * @default false
   */
  redactQueryString?: boolean;

  /**
   * Days that the log is kept: a number that CloudWatch Logs accepts. The default is 90.
   *
   * @default 90
   */
  logRetentionDays?: pulumi.Input<number>;

  /** The ARN of the KMS key that encrypts the log group. The default is CloudWatch Logs' own encryption. */
  kmsKeyArn?: pulumi.Input<string>;

  /** An existing log group, in the place of one that is made here. The default is to make one. */
  existingLogGroup?: ExistingLogGroup;

  /** The ARN of the SNS topic that an alarm on blocked requests notifies; with CloudFront in us-east-1. Its presence must be a literal. The default is no alarm. */
  alarmTopicArn?: pulumi.Input<string>;

  /**
   * Blocked requests within five minutes that raise the alarm: a whole number of at least 1. The default is 1000.
   *
   * @default 1000
   */
  blockedRequestsThreshold?: number;

  /** Tags of the team's own, for every resource that can be tagged. The default is none besides ours. */
  teamTags?: Record<string, pulumi.Input<string>>;
}
