import {
  type AccountCreationArgs,
  type AccountTakeoverArgs,
  type AntiDdosArgs,
  type BotControlArgs,
  BotInspection,
  type CustomGroupArgs,
  DdosSensitivity,
  FirewallScope,
  LoginPayload,
  ManagedGroup,
  type ManagedGroupArgs,
  type MarketplaceGroupArgs,
  type ResponseInspectionArgs,
  RuleAction,
  type RuleOverrideArgs,
} from "./args.ts";
import type { Checks } from "./checks.ts";
import { HARD_CAPACITY } from "./defaults.ts";
import { MANAGED_CAPACITY, MANAGED_KEYS } from "./managed-groups.ts";
import type { Phase, RuleDraft } from "./rule.ts";
import { checkPath, pathPattern, selectionStatement } from "./selection.ts";
import type { ActionOverride, ManagedRuleGroup, ManagedRuleGroupConfig, ResponseInspection } from "./statements.ts";

const MAXIMUM_WATCHED = 256;

/** AWS's rule groups without a price for requests. */
export function managedDrafts(check: Checks, groups: ManagedGroupArgs[]): RuleDraft[] {
  const list = check.list("managedGroups", groups, [0, Object.keys(MANAGED_KEYS).length]);
  const seen = new Set<ManagedGroup>();
  return list.map((args, index) => {
    const property = `managedGroups[${index}]`;
    check.plain(property, args);
    const group = check.choice(`${property}.group`, args.group, Object.values(ManagedGroup));
    if (seen.has(group)) {
      check.fail({
        property: `${property}.group`,
        received: group,
        allowed: "each group once",
        fix: "remove one of the two: a group asked twice costs twice and finds no more",
      });
    }
    seen.add(group);
    const statement: ManagedRuleGroup = { vendorName: "AWS", name: group, ...shared(check, property, args) };
    if (args.version !== undefined) statement.version = version(check, property, args.version);
    return managedDraft(MANAGED_KEYS[group], "group", statement, MANAGED_CAPACITY[group]);
  });
}

/** Bot Control. It stands last, so that few requests are left to be paid for. */
export function botControlDraft(check: Checks, args: BotControlArgs): RuleDraft {
  check.plain("botControl", args);
  const inspectionLevel = check.choice(
    "botControl.inspection",
    args.inspection ?? BotInspection.Common,
    Object.values(BotInspection),
  );
  const targeted = inspectionLevel === BotInspection.Targeted;
  if (!targeted && args.machineLearning !== undefined) {
    check.fail({
      property: "botControl.machineLearning",
      received: args.machineLearning,
      allowed: "nothing, unless inspection is TARGETED",
      fix: "set inspection to BotInspection.Targeted, or remove machineLearning",
    });
  }
  const config: ManagedRuleGroupConfig = {
    awsManagedRulesBotControlRuleSet: {
      inspectionLevel,
      ...(targeted ? { enableMachineLearning: args.machineLearning ?? true } : {}),
    },
  };
  return pricedDraft("bot-control", "AWSManagedRulesBotControlRuleSet", config, shared(check, "botControl", args));
}

/** AWS's rule group against floods, before everything that a flood would keep busy. */
export function antiDdosDraft(check: Checks, args: AntiDdosArgs): RuleDraft {
  check.plain("antiDdos", args);
  const sensitivityToBlock = check.choice(
    "antiDdos.sensitivityToBlock",
    args.sensitivityToBlock ?? DdosSensitivity.Low,
    Object.values(DdosSensitivity),
  );
  const challenges = args.challenge === true;
  if (challenges !== (args.exemptPaths !== undefined)) {
    check.fail({
      property: "antiDdos.exemptPaths",
      received: args.exemptPaths,
      allowed: "the paths that are not challenged, with challenge and only then",
      fix: challenges
        ? "name the API's paths: its clients cannot answer a challenge"
        : "remove exemptPaths, or set challenge to true",
    });
  }
  const exempt = challenges
    ? check.list("antiDdos.exemptPaths", args.exemptPaths, [1, 5]).map((path, index) => ({
        regexString: check.text(
          `antiDdos.exemptPaths[${index}]`,
          path,
          /^.{1,512}$/,
          "a regular expression of 1 to 512 characters",
        ),
      }))
    : [];
  const challenge = challenges
    ? { usageOfAction: "ENABLED", exemptUriRegularExpressions: exempt }
    : { usageOfAction: "DISABLED" };
  return pricedDraft(
    "anti-ddos",
    "AWSManagedRulesAntiDDoSRuleSet",
    { awsManagedRulesAntiDdosRuleSet: { sensitivityToBlock, clientSideActionConfig: { challenge } } },
    {},
    "anti-ddos",
  );
}

/** Account takeover prevention. */
export function accountTakeoverDraft(check: Checks, args: AccountTakeoverArgs, scope: FirewallScope): RuleDraft {
  const property = "accountTakeover";
  check.plain(property, args);
  const payloadType = payload(check, property, args.payload);
  const config: ManagedRuleGroupConfig = {
    awsManagedRulesAtpRuleSet: {
      // As a regular expression, because the path begins with the stage's name at API Gateway's own address only.
      loginPath: watchedPath(check, `${property}.loginPath`, args.loginPath),
      enableRegexInPath: true,
      requestInspection: {
        payloadType,
        usernameField: { identifier: fieldName(check, `${property}.usernameField`, args.usernameField, payloadType) },
        passwordField: { identifier: fieldName(check, `${property}.passwordField`, args.passwordField, payloadType) },
      },
      ...inspectedResponse(check, property, args.responseInspection, scope),
    },
  };
  return pricedDraft("account-takeover", "AWSManagedRulesATPRuleSet", config, shared(check, property, args));
}

/** Account creation fraud prevention. */
export function accountCreationDraft(check: Checks, args: AccountCreationArgs, scope: FirewallScope): RuleDraft {
  const property = "accountCreation";
  check.plain(property, args);
  const payloadType = payload(check, property, args.payload);
  const one = (option: "usernameField" | "passwordField" | "emailField") =>
    args[option] === undefined
      ? {}
      : { [option]: { identifier: fieldName(check, `${property}.${option}`, args[option], payloadType) } };
  const many = (option: "phoneNumberFields" | "addressFields") => {
    if (args[option] === undefined) return {};
    const names = check.list(`${property}.${option}`, args[option], [1, 10]);
    const identifiers = names.map((item, index) =>
      fieldName(check, `${property}.${option}[${index}]`, item, payloadType),
    );
    return { [option]: { identifiers } };
  };
  const config: ManagedRuleGroupConfig = {
    awsManagedRulesAcfpRuleSet: {
      creationPath: watchedPath(check, `${property}.creationPath`, args.creationPath),
      registrationPagePath: watchedPath(check, `${property}.registrationPagePath`, args.registrationPagePath),
      enableRegexInPath: true,
      requestInspection: {
        payloadType,
        ...one("usernameField"),
        ...one("passwordField"),
        ...one("emailField"),
        ...many("phoneNumberFields"),
        ...many("addressFields"),
      },
      ...inspectedResponse(check, property, args.responseInspection, scope),
    },
  };
  return pricedDraft("account-creation", "AWSManagedRulesACFPRuleSet", config, shared(check, property, args));
}

/** Rule groups of sellers. */
export function marketplaceDrafts(
  check: Checks,
  groups: Record<string, MarketplaceGroupArgs> | undefined,
): RuleDraft[] {
  return check.record("marketplaceGroups", groups).map(([key, args]) => {
    const property = `marketplaceGroups.${key}`;
    check.plain(property, args);
    const statement: ManagedRuleGroup = {
      vendorName: check.text(
        `${property}.vendorName`,
        args.vendorName,
        /^(?!AWS$).{1,128}$/,
        "a seller's name, not AWS",
      ),
      name: check.text(`${property}.groupName`, args.groupName, /^[\w-]{1,128}$/, "a group's name"),
      ...shared(check, property, args),
    };
    if (args.version !== undefined) statement.version = version(check, property, args.version);
    const capacity = check.whole(`${property}.capacity`, args.capacity, [1, HARD_CAPACITY]);
    return managedDraft(`marketplace-${key}`, "group", statement, capacity);
  });
}

/** Rule groups of the account's own. */
export function customDrafts(check: Checks, groups: Record<string, CustomGroupArgs> | undefined): RuleDraft[] {
  return check.record("customGroups", groups).map(([key, args]) => {
    const property = `customGroups.${key}`;
    check.plain(property, args);
    const groupCapacity = check.whole(`${property}.capacity`, args.capacity, [1, HARD_CAPACITY]);
    const ruleGroupReferenceStatement = { arn: args.ruleGroupArn, ...overrides(check, property, args.ruleOverrides) };
    return { key: `group-${key}`, phase: "group", groupCapacity, statement: () => ({ ruleGroupReferenceStatement }) };
  });
}

function managedDraft(key: string, phase: Phase, statement: ManagedRuleGroup, groupCapacity = 0): RuleDraft {
  return { key, phase, groupCapacity, statement: () => ({ managedRuleGroupStatement: statement }) };
}

function pricedDraft(
  key: string,
  name: string,
  config: ManagedRuleGroupConfig,
  more: Partial<ManagedRuleGroup>,
  phase: Phase = "priced",
): RuleDraft {
  const statement: ManagedRuleGroup = { vendorName: "AWS", name, managedRuleGroupConfigs: [config], ...more };
  return managedDraft(key, phase, statement, MANAGED_CAPACITY[name]);
}

function shared(
  check: Checks,
  property: string,
  args: Pick<ManagedGroupArgs, "requests" | "ruleOverrides">,
): Pick<ManagedRuleGroup, "scopeDownStatement" | "ruleActionOverrides"> {
  const scopeDownStatement = selectionStatement(check, `${property}.requests`, args.requests);
  return {
    ...overrides(check, property, args.ruleOverrides),
    ...(scopeDownStatement === undefined ? {} : { scopeDownStatement }),
  };
}

function overrides(
  check: Checks,
  property: string,
  given: RuleOverrideArgs[] | undefined,
): { ruleActionOverrides?: ActionOverride[] } {
  if (given === undefined) return {};
  const list = check.list(`${property}.ruleOverrides`, given, [1, 100]);
  return {
    ruleActionOverrides: list.map(({ rule, action }, index) => {
      const at = `${property}.ruleOverrides[${index}]`;
      return {
        name: check.text(`${at}.rule`, rule, /^[\w-]{1,128}$/, "a rule's name in its group"),
        actionToUse: { [check.choice(`${at}.action`, action, Object.values(RuleAction)).toLowerCase()]: {} },
      };
    }),
  };
}

function version(check: Checks, property: string, value: string): string {
  return check.text(`${property}.version`, value, /^[\w#:.\-/]{1,64}$/, "a version, for example Version_1.0");
}

function payload(check: Checks, property: string, value: LoginPayload | undefined): LoginPayload {
  return check.choice(`${property}.payload`, value ?? LoginPayload.Json, Object.values(LoginPayload));
}

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_AWSManagedRulesATPRuleSet.html: at most 256 characters. */
function watchedPath(check: Checks, property: string, path: unknown): string {
  const pattern = pathPattern([checkPath(check, property, path)]);
  if (pattern.length <= MAXIMUM_WATCHED) return pattern;
  return check.fail({
    property,
    receivedText: `${pattern.length} characters as a regular expression`,
    allowed: `a path that makes at most ${MAXIMUM_WATCHED} characters`,
    fix: "shorten the path",
  });
}

/** A JSON pointer begins with a slash; a form's field has a name of its own. */
function fieldName(check: Checks, property: string, value: unknown, payloadType: LoginPayload): string {
  return payloadType === LoginPayload.Json
    ? check.text(property, value, /^(\/[^/]+)+$/, "a JSON pointer, for example /username")
    : check.text(property, value, /^[^/\s]{1,512}$/, "a form field's name");
}

function inspectedResponse(
  check: Checks,
  property: string,
  args: ResponseInspectionArgs | undefined,
  scope: FirewallScope,
): { responseInspection?: ResponseInspection } {
  if (args === undefined) return {};
  const at = `${property}.responseInspection`;
  if (scope !== FirewallScope.CloudFront) {
    check.fail({
      property: at,
      received: args,
      allowed: "nothing in front of an API's stage: AWS inspects responses for CloudFront only",
      fix: `remove responseInspection, or set scope to FirewallScope.CloudFront`,
    });
  }
  check.plain(at, args);
  const codes = (option: "successCodes" | "failureCodes") =>
    check
      .list(`${at}.${option}`, args[option], [1, 10])
      .map((code, index) => check.whole(`${at}.${option}[${index}]`, code, [100, 599]));
  const statusCode = { successCodes: codes("successCodes"), failureCodes: codes("failureCodes") };
  const both = statusCode.successCodes.find((code) => statusCode.failureCodes.includes(code));
  if (both !== undefined) {
    check.fail({
      property: `${at}.failureCodes`,
      received: both,
      allowed: "codes that are no success as well",
      fix: `remove ${both} from one of the two lists`,
    });
  }
  return { responseInspection: { statusCode } };
}
