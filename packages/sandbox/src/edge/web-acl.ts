import type {
  BlockAction,
  CustomHTTPHeader,
  CustomResponse,
  CustomResponseBody,
  Rule,
  RuleAction,
  RuleGroup,
  WebACL,
} from "@aws-sdk/client-wafv2";
import { type Countries, countryFinder, TEST_COUNTRIES } from "./countries.ts";
import { EdgeError } from "./errors.ts";
import type { Evaluation, MatchDetail, Matcher, RateExcess, References, Surroundings } from "./evaluation.ts";
import { DEFAULT_BODY_LIMIT, type Inspected, inspect } from "./inspected.ts";
import { type Libinjection, loadLibinjection } from "./libinjection.ts";
import type { EdgeRequest } from "./request.ts";
import { compileStatement } from "./statements.ts";

/** Everything a web ACL refers to, by ARN. */
export interface AclReferences extends References {
  ruleGroups: ReadonlyMap<string, RuleGroup>;
}

export interface WebAclOptions {
  acl: WebACL;
  references?: Partial<AclReferences>;
  /** Milliseconds since 1970. Default: the system's clock. */
  now?: () => number;
  /** Default: an instance of its own. */
  libinjection?: Libinjection;
  /** Default: the table of test addresses. */
  countries?: Countries;
}

export type TerminatingAction = "ALLOW" | "BLOCK" | "CAPTCHA" | "CHALLENGE";
export type RuleType = "REGULAR" | "RATE_BASED" | "GROUP" | "MANAGED_RULE_GROUP";

/** An answer that the edge gives in the gateway's stead. */
export interface EdgeAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: string;
}

/** A rule that matched and did not end the evaluation. */
export interface CountedRule {
  ruleId: string;
  action: "COUNT";
  ruleMatchDetails: MatchDetail[];
  /** Name of the rule group that holds the rule, where one does. */
  ruleGroup?: string;
}

/** The result of a web ACL for one request. */
export interface Verdict {
  action: TerminatingAction;
  /** The rule that ended the evaluation, `Default_Action` when none did. */
  rule: string;
  ruleType: RuleType;
  /** The rule group's rule that ended it, and the group's ARN. */
  ruleWithinGroup?: { rule: string; groupArn: string };
  details: MatchDetail[];
  counted: CountedRule[];
  rateExcesses: RateExcess[];
  /** Fully qualified. */
  labels: string[];
  /** What the client gets unless the action is ALLOW. */
  answer?: EdgeAnswer;
  /** Headers that rules add to the request. */
  insertedHeaders: [name: string, value: string][];
  inspected: Inspected;
  /** As the GeoMatch statements see it; undefined for an address without one. */
  country: string | undefined;
}

/** A web ACL that is ready to judge requests. */
export interface CompiledWebAcl {
  acl: WebACL;
  /** Bytes of a body that are inspected; one more must be given to find that there are more. */
  bodyLimit: number;
  /** Rules that are declared and never match, since AWS does not publish what they do: `vendor:name` of each managed group. */
  declared: readonly string[];
  evaluate(request: EdgeRequest): Verdict;
}

const BODY_LIMITS: Readonly<Record<string, number>> = { KB_16: 16_384, KB_32: 32_768, KB_48: 49_152, KB_64: 65_536 };

/** What a rule does to the evaluation: nothing, or end it. */
type CompiledRule = (evaluation: Evaluation, result: Running) => Ending | undefined;

/** The parts of a verdict that grow while rules are evaluated. */
interface Running {
  counted: CountedRule[];
  insertedHeaders: [string, string][];
}

type Ending = Pick<Verdict, "action" | "rule" | "ruleType" | "ruleWithinGroup" | "details" | "answer">;

/**
 * Compiles a web ACL in the shape of AWS's GetWebACL.
 *
 * @throws EdgeError when something in it is not evaluated by the edge, or refers to what does not exist.
 */
export function compileWebAcl(options: WebAclOptions): CompiledWebAcl {
  const {
    acl,
    references = {},
    now = Date.now,
    libinjection = loadLibinjection(),
    countries = TEST_COUNTRIES,
  } = options;
  const countryOf = countryFinder(countries);
  const declared: string[] = [];
  const base: Omit<Surroundings, "ruleName"> = {
    references: { ipSets: new Map(), regexPatternSets: new Map(), ...references },
    libinjection,
    countryOf,
    labelPrefix: acl.LabelNamespace ?? labelPrefix(acl.ARN, "webacl"),
  };
  const bodies = acl.CustomResponseBodies ?? {};
  const groups = references.ruleGroups ?? new Map<string, RuleGroup>();
  const rules = byPriority(acl.Rules).map((rule) => compileRule(rule, base, bodies, groups, declared));
  const defaultAnswer = acl.DefaultAction?.Block && blockAnswer(acl.DefaultAction.Block, bodies, "Default_Action");
  const defaultHeaders = acl.DefaultAction?.Allow?.CustomRequestHandling?.InsertHeaders;
  const bodyLimit = bodyLimitOf(acl);

  function evaluate(request: EdgeRequest): Verdict {
    const inspected = inspect(request, bodyLimit);
    const evaluation: Evaluation = { inspected, now: now(), labels: new Set(), details: [], rateExcesses: [] };
    const running: Running = { counted: [], insertedHeaders: [] };
    let ending: Ending | undefined;
    for (const rule of rules) {
      ending = rule(evaluation, running);
      if (ending) break;
    }
    if (!ending) {
      if (!defaultAnswer) insert(running, defaultHeaders);
      const action = defaultAnswer ? "BLOCK" : "ALLOW";
      ending = { action, rule: "Default_Action", ruleType: "REGULAR", details: [], answer: defaultAnswer };
    }
    return {
      ...ending,
      ...running,
      rateExcesses: evaluation.rateExcesses,
      labels: [...evaluation.labels],
      inspected,
      country: countryOf(request.clientIp),
    };
  }

  return { acl, bodyLimit, declared, evaluate };
}

/** @throws EdgeError when the size is not one of AWS's. */
export function bodyLimitOf({ AssociationConfig }: WebACL): number {
  const size = AssociationConfig?.RequestBody?.API_GATEWAY?.DefaultSizeInspectionLimit;
  if (size === undefined) return DEFAULT_BODY_LIMIT;
  const limit = BODY_LIMITS[size];
  if (limit !== undefined) return limit;
  throw new EdgeError(
    `AssociationConfig.RequestBody.API_GATEWAY.DefaultSizeInspectionLimit is "${size}"; AWS WAF takes ${Object.keys(BODY_LIMITS).join(", ")}`,
  );
}

function byPriority(rules: readonly Rule[] = []): Rule[] {
  return [...rules].sort((a, b) => (a.Priority as number) - (b.Priority as number));
}

/** The namespace of the labels that rules of a web ACL or a rule group add, from its ARN. */
function labelPrefix(arn: string | undefined, kind: "webacl" | "rulegroup"): string {
  const [, , , , account = "", resource = ""] = (arn ?? "").split(":");
  return `awswaf:${account}:${kind}:${resource.split("/")[2] ?? ""}:`;
}

type Bodies = Readonly<Record<string, CustomResponseBody>>;

function compileRule(
  rule: Rule,
  base: Omit<Surroundings, "ruleName">,
  bodies: Bodies,
  groups: ReadonlyMap<string, RuleGroup>,
  declared: string[],
): CompiledRule {
  const { ManagedRuleGroupStatement: managed, RuleGroupReferenceStatement: reference } = rule.Statement ?? {};
  if (managed) {
    declared.push(`${managed.VendorName}:${managed.Name}`);
    return () => undefined;
  }
  if (!reference) return plainRule(rule, base, bodies, undefined);
  const group = groups.get(reference.ARN as string);
  if (!group) throw new EdgeError(`rule "${rule.Name}", RuleGroupReferenceStatement: ${reference.ARN} does not exist`);
  const within = { ...base, labelPrefix: group.LabelNamespace ?? labelPrefix(group.ARN, "rulegroup") };
  const overrides = new Map(reference.RuleActionOverrides?.map(({ Name, ActionToUse }) => [Name, ActionToUse]));
  for (const { Name } of reference.ExcludedRules ?? []) overrides.set(Name, { Count: {} });
  const all = overridden(rule);
  const rules = byPriority(group.Rules).map((one) =>
    plainRule(
      { ...one, Action: overrides.get(one.Name) ?? one.Action },
      within,
      group.CustomResponseBodies ?? {},
      group,
    ),
  );
  return (evaluation, running) => {
    for (const one of rules) {
      const ending = one(evaluation, running);
      if (!ending) continue;
      const { details } = ending;
      if (all === "COUNT") {
        // The group's result is counted; its other rules are not evaluated any more.
        running.counted.push({ ruleId: rule.Name as string, action: "COUNT", ruleMatchDetails: details });
        return undefined;
      }
      const ruleWithinGroup = { rule: ending.rule, groupArn: group.ARN as string };
      return { ...ending, rule: rule.Name as string, ruleType: "GROUP", ruleWithinGroup };
    }
    return undefined;
  };
}

function overridden({ OverrideAction }: Rule): "COUNT" | "NONE" {
  return OverrideAction?.Count ? "COUNT" : "NONE";
}

function plainRule(
  rule: Rule,
  base: Omit<Surroundings, "ruleName">,
  bodies: Bodies,
  group: RuleGroup | undefined,
): CompiledRule {
  const name = rule.Name as string;
  const around: Surroundings = { ...base, ruleName: name };
  const matches: Matcher = compileStatement(rule.Statement, around);
  const { action, answer } = compileAction(rule.Action, bodies, name);
  const headers = (rule.Action?.Count ?? rule.Action?.Allow)?.CustomRequestHandling?.InsertHeaders;
  const labels = (rule.RuleLabels ?? []).map(({ Name }) => `${around.labelPrefix}${Name}`);
  const ruleType = rule.Statement?.RateBasedStatement ? "RATE_BASED" : "REGULAR";
  return (evaluation, running) => {
    evaluation.details = [];
    if (!matches(evaluation)) return undefined;
    const { details } = evaluation;
    for (const label of labels) evaluation.labels.add(label);
    if (action === "ALLOW" || action === "COUNT") insert(running, headers);
    if (action !== "COUNT") return { action, rule: name, ruleType, details, answer };
    const counted: CountedRule = { ruleId: name, action, ruleMatchDetails: details };
    running.counted.push(group ? { ...counted, ruleGroup: group.Name as string } : counted);
    return undefined;
  };
}

function compileAction(
  action: RuleAction | undefined,
  bodies: Bodies,
  rule: string,
): { action: TerminatingAction | "COUNT"; answer?: EdgeAnswer } {
  if (action?.Count) return { action: "COUNT" };
  if (action?.Allow) return { action: "ALLOW" };
  if (action?.Block) return { action: "BLOCK", answer: blockAnswer(action.Block, bodies, rule) };
  // No client of the sandbox has a token: both end the evaluation with what a client without one gets.
  if (action?.Captcha) return { action: "CAPTCHA", answer: puzzle(405, "captcha") };
  if (action?.Challenge) return { action: "CHALLENGE", answer: puzzle(202, "challenge") };
  throw new EdgeError(
    `rule "${rule}": the action is ${JSON.stringify(action)}; AWS WAF takes Allow, Block, Count, Captcha or Challenge`,
  );
}

function puzzle(status: number, kind: string): EdgeAnswer {
  return { status, headers: [["x-amzn-waf-action", kind]], body: "" };
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  APPLICATION_JSON: "application/json",
  TEXT_HTML: "text/html",
  TEXT_PLAIN: "text/plain",
};

/** What API Gateway answers for WAF when the rule says nothing: the gateway response WAF_FILTERED at its default. */
const FORBIDDEN: EdgeAnswer = {
  status: 403,
  headers: [
    ["content-type", "application/json"],
    ["x-amzn-errortype", "ForbiddenException"],
  ],
  body: '{"message":"Forbidden"}',
};

function blockAnswer({ CustomResponse: custom }: BlockAction, bodies: Bodies, rule: string): EdgeAnswer {
  if (!custom) return FORBIDDEN;
  const headers = (custom.ResponseHeaders ?? []).map(headerPair);
  const body = customBody(custom, bodies, rule);
  if (body) headers.push(["content-type", CONTENT_TYPES[body.ContentType ?? ""] ?? "text/plain"]);
  return { status: custom.ResponseCode as number, headers, body: body?.Content ?? "" };
}

function customBody(
  { CustomResponseBodyKey: key }: CustomResponse,
  bodies: Bodies,
  rule: string,
): CustomResponseBody | undefined {
  if (key === undefined) return undefined;
  const body = bodies[key];
  if (body) return body;
  throw new EdgeError(
    `rule "${rule}": CustomResponseBodyKey "${key}" is not one of CustomResponseBodies (${Object.keys(bodies).join(", ")})`,
  );
}

function insert(running: Running, headers: readonly CustomHTTPHeader[] = []): void {
  // "AWS WAF prefixes the header names with x-amzn-waf-" (Developer Guide, "Custom request header insertions").
  // "The last rule to inspect the request and find a match would have its header added, and any previous rules would not" (the same page).
  for (const { Name, Value } of headers) {
    const name = `x-amzn-waf-${Name}`;
    running.insertedHeaders = running.insertedHeaders.filter(([other]) => other.toLowerCase() !== name.toLowerCase());
    running.insertedHeaders.push([name, Value as string]);
  }
}

function headerPair({ Name, Value }: CustomHTTPHeader): [string, string] {
  return [Name as string, Value as string];
}
