import { LOG_RETENTION_DAYS, type LoweredFloor, validatedInput } from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import { addressDrafts } from "./addresses.ts";
import { type EdgeFirewallArgs, FirewallScope, LoggedRequests } from "./args.ts";
import { Checks } from "./checks.ts";
import { countryDrafts } from "./countries.ts";
import { DEFAULTS, FIXED, HARD_CAPACITY } from "./defaults.ts";
import { filterDrafts } from "./filters.ts";
import {
  accountCreationDraft,
  accountTakeoverDraft,
  antiDdosDraft,
  botControlDraft,
  customDrafts,
  managedDrafts,
  marketplaceDrafts,
} from "./groups.ts";
import { crossSiteScriptingDraft, sqlInjectionDraft } from "./injection.ts";
import { type OriginSecret, originSecret, originSecretDraft } from "./origin.ts";
import { injectionPatternsDraft } from "./patterns.ts";
import { rateDrafts } from "./rates.ts";
import type { AddressSet, PatternSet, RuleDraft } from "./rule.ts";
import { type EmittedRule, emittedRules, orderedDrafts, ruleCapacity } from "./rules.ts";
import { type ShieldSettings, shieldSettings } from "./shield.ts";
import { sizeDraft } from "./sizes.ts";

/** The arguments, checked, with the defaults filled in. */
export interface FirewallSettings {
  scope: FirewallScope;
  stageArn: pulumi.Input<string> | undefined;
  /** The rules in their order, once the sets that they name exist. */
  rules: (arns: (key: string) => pulumi.Input<string>) => EmittedRule[];
  /** The web ACL's capacity units, by rule. */
  capacities: Record<string, number>;
  addressSets: AddressSet[];
  patternSets: PatternSet[];
  bodyInspectionKilobytes: number;
  originSecret: OriginSecret | undefined;
  shield: ShieldSettings | undefined;
  answers: { forbidden: string; "too-many-requests": string };
  loggedRequests: LoggedRequests;
  redactedHeaders: string[];
  redactQueryString: boolean;
  logRetentionDays: pulumi.Input<number>;
  existingLogGroup: EdgeFirewallArgs["existingLogGroup"];
  blockedRequestsThreshold: number;
  lowered: LoweredFloor[];
}

/**
 * Checks every argument before a resource is created.
 *
 * @throws PalisadeError for the first that is not allowed, or when the rules cost more capacity than the web ACL may have.
 */
export function firewallSettings(name: string, args: EdgeFirewallArgs): FirewallSettings {
  const check = new Checks(name);
  const scope = check.choice("scope", args.scope ?? FirewallScope.Regional, Object.values(FirewallScope));
  checkScope(check, scope, args);
  const lowered: LoweredFloor[] = [];
  const addressSets: AddressSet[] = [];
  const patternSets: PatternSet[] = [];
  const secret = originSecret(check, args.originSecret);
  const bodyInspectionKilobytes = check.choice(
    "bodyInspectionKilobytes",
    args.bodyInspectionKilobytes ?? DEFAULTS.bodyInspectionKilobytes,
    [16, 32, 48, 64],
  );
  const drafts: RuleDraft[] = [
    ...(secret === undefined || scope === FirewallScope.CloudFront ? [] : [originSecretDraft(secret)]),
    ...addressDrafts(check, args.addressRules, addressSets, lowered),
    ...countryDrafts(check, args.countryRules, lowered),
    sizeDraft(check, args.sizeLimits ?? {}, bodyInspectionKilobytes),
    ...(args.antiDdos === undefined ? [] : [antiDdosDraft(check, args.antiDdos)]),
    ...rateDrafts(check, withDefaultRates(check, args), lowered),
    ...filterDrafts(check, args.filterRules, patternSets),
    sqlInjectionDraft(check, args.sqlInjection ?? {}, lowered),
    crossSiteScriptingDraft(check, args.crossSiteScripting ?? {}, lowered),
    injectionPatternsDraft(check, args.injectionPatterns ?? {}, patternSets, lowered),
    ...managedDrafts(check, args.managedGroups ?? DEFAULTS.managedGroups),
    ...customDrafts(check, args.customGroups),
    ...marketplaceDrafts(check, args.marketplaceGroups),
    ...(args.botControl === undefined ? [] : [botControlDraft(check, args.botControl)]),
    ...(args.accountTakeover === undefined ? [] : [accountTakeoverDraft(check, args.accountTakeover, scope)]),
    ...(args.accountCreation === undefined ? [] : [accountCreationDraft(check, args.accountCreation, scope)]),
  ];
  const ordered = orderedDrafts(withoutOmitted(check, drafts, args.omittedRules, lowered));
  const counting = countedRules(check, ordered, args, lowered);
  const maximum = check.whole("maximumCapacity", args.maximumCapacity ?? DEFAULTS.maximumCapacity, [1, HARD_CAPACITY]);
  return {
    scope,
    stageArn: args.stageArn,
    rules: (arns) => emittedRules(ordered, arns, counting),
    capacities: checkedCapacities(check, ordered, maximum),
    addressSets,
    patternSets: patternSets.filter((set) => ordered.some(({ key }) => key === set.key)),
    bodyInspectionKilobytes,
    originSecret: secret,
    shield: shieldSettings(check, args.shieldAdvanced, scope),
    answers: {
      forbidden: answer(check, "forbiddenBody", args.forbiddenBody, "Forbidden", 403),
      "too-many-requests": answer(check, "tooManyRequestsBody", args.tooManyRequestsBody, "Too Many Requests", 429),
    },
    loggedRequests: check.choice(
      "loggedRequests",
      args.loggedRequests ?? DEFAULTS.loggedRequests,
      Object.values(LoggedRequests),
    ),
    redactedHeaders: redactedHeaders(check, args, secret),
    redactQueryString: args.redactQueryString === true,
    logRetentionDays: validatedInput<number>(args.logRetentionDays ?? DEFAULTS.logRetentionDays, (days) => {
      check.choice("logRetentionDays", days, LOG_RETENTION_DAYS);
    }),
    existingLogGroup: existingLogGroup(check, args),
    blockedRequestsThreshold: check.whole(
      "blockedRequestsThreshold",
      args.blockedRequestsThreshold ?? DEFAULTS.blockedRequestsThreshold,
      [1, 1_000_000_000],
    ),
    lowered,
  };
}

function checkScope(check: Checks, scope: FirewallScope, args: EdgeFirewallArgs): void {
  if (scope !== FirewallScope.CloudFront) return;
  if (args.stageArn !== undefined) {
    check.fail({
      property: "stageArn",
      received: args.stageArn,
      allowed: "nothing with scope CLOUDFRONT: AWS associates such a web ACL with a distribution only",
      fix: "give webAclArn to the distribution, and put a second EdgeFirewall with the same originSecret in front of the stage",
    });
  }
  if (args.originSecret === undefined) {
    check.fail({
      property: "originSecret",
      received: undefined,
      allowed: "{ value } with scope CLOUDFRONT",
      fix: "set it here and on the stage's EdgeFirewall: without it the API's own address leads around CloudFront",
    });
  }
}

function withDefaultRates(check: Checks, args: EdgeFirewallArgs): NonNullable<EdgeFirewallArgs["rateRules"]> {
  if (args.rateRules !== undefined) check.plain("rateRules", args.rateRules);
  return { ...DEFAULTS.rateRules, ...args.rateRules };
}

/** Default rules that may be left out for a reason. Sizes may not: what is not inspected must not pass. */
const OMITTABLE = [
  "rate-per-address",
  "sql-injection",
  "cross-site-scripting",
  "injection-patterns",
  "managed-ip-reputation",
  "managed-known-bad-inputs",
];

function withoutOmitted(
  check: Checks,
  drafts: RuleDraft[],
  omitted: Record<string, string> | undefined,
  lowered: LoweredFloor[],
): RuleDraft[] {
  const keys = check.record("omittedRules", omitted).map(([key, reason]) => {
    check.choice("omittedRules", key, OMITTABLE);
    lowered.push({ floor: `firewall-omitted-${key}`, reason: check.reason(`omittedRules.${key}`, reason) });
    return key;
  });
  const kept = drafts.filter(({ key }) => !keys.includes(key));
  const missing = OMITTABLE.find(
    (key) => key === "managed-ip-reputation" && !drafts.some((draft) => draft.key === key),
  );
  if (missing !== undefined && !keys.includes(missing)) {
    check.fail({
      property: "managedGroups",
      receivedText: "without AWSManagedRulesAmazonIpReputationList",
      allowed: "a list with it, or a reason under omittedRules",
      fix: `add { group: ManagedGroup.IpReputation }, or set omittedRules["${missing}"] to the reason`,
    });
  }
  return kept;
}

/** The rules that only count; every rule where none is named. */
function countedRules(
  check: Checks,
  drafts: RuleDraft[],
  { countMode }: EdgeFirewallArgs,
  lowered: LoweredFloor[],
): Set<string> {
  if (countMode === undefined) return new Set();
  check.plain("countMode", countMode);
  const known = drafts.map(({ key }) => key);
  const reason = check.reason("countMode.reason", countMode.reason);
  const keys =
    countMode.rules === undefined ? known : check.list("countMode.rules", countMode.rules, [1, known.length]);
  for (const [index, key] of keys.entries()) check.choice(`countMode.rules[${index}]`, key, known);
  if (countMode.rules === undefined) lowered.push({ floor: "firewall-count-all", reason });
  else for (const key of keys) lowered.push({ floor: `firewall-count-${key}`, reason });
  return new Set(keys);
}

function checkedCapacities(check: Checks, drafts: RuleDraft[], maximum: number): Record<string, number> {
  const capacities = Object.fromEntries(drafts.map((draft) => [draft.key, ruleCapacity(draft)]));
  let used = 0;
  for (const [key, capacity] of Object.entries(capacities)) {
    used += capacity;
    if (used <= maximum) continue;
    const total = Object.values(capacities).reduce((sum, each) => sum + each, 0);
    check.fail({
      property: "maximumCapacity",
      receivedText: `${maximum}, which the rule "${key}" exceeds with its ${capacity} capacity units (all rules: ${total})`,
      allowed: `rules of at most ${maximum} capacity units together`,
      fix:
        total > HARD_CAPACITY
          ? `remove rules or transformations: AWS allows ${HARD_CAPACITY} at most`
          : `remove a rule or transformations, or set maximumCapacity to ${total}, for which AWS asks more above 1500`,
    });
  }
  return capacities;
}

function answer(check: Checks, property: string, given: string | undefined, title: string, status: number): string {
  const text = given ?? JSON.stringify({ type: "about:blank", title, status });
  const maximum = 4096;
  if (typeof text === "string" && isJson(text) && Buffer.byteLength(text) <= maximum) return text;
  return check.fail({
    property,
    received: given,
    allowed: `JSON text of at most ${maximum} bytes`,
    fix: "pass JSON.stringify(...) of a small document",
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function redactedHeaders(check: Checks, args: EdgeFirewallArgs, secret: OriginSecret | undefined): string[] {
  const own = check.list("redactedHeaders", args.redactedHeaders ?? [], [0, 50]);
  for (const [index, header] of own.entries()) check.headerName(`redactedHeaders[${index}]`, header);
  const origin = secret === undefined ? [] : [secret.headerName];
  return [...new Set([...FIXED.redactedHeaders, ...origin, ...own.map((header) => header.toLowerCase())])];
}

function existingLogGroup(check: Checks, args: EdgeFirewallArgs): EdgeFirewallArgs["existingLogGroup"] {
  if (args.existingLogGroup === undefined) return undefined;
  check.plain("existingLogGroup", args.existingLogGroup);
  const { logGroupArn, logGroupName } = args.existingLogGroup;
  const checked = validatedInput<string>(logGroupName, (text) => {
    check.text(
      "existingLogGroup.logGroupName",
      text,
      /^aws-waf-logs-./,
      "a name that begins with aws-waf-logs-, which AWS WAF asks for",
    );
  });
  return { logGroupArn, logGroupName: checked };
}
