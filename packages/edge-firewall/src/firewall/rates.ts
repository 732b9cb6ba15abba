import type { LoweredFloor } from "@palisade/core";
import { RateKey, RateKeyPart, type RateKeyPartArgs, type RateRuleArgs, RuleAction } from "./args.ts";
import type { Checks } from "./checks.ts";
import { DEFAULTS } from "./defaults.ts";
import { trustedHeader } from "./forwarded.ts";
import type { RuleDraft } from "./rule.ts";
import { selectionStatement } from "./selection.ts";
import { type CustomKey, type RateBased, transformations } from "./statements.ts";

/** https://docs.aws.amazon.com/waf/latest/APIReference/API_RateBasedStatement.html */
const WINDOWS: readonly number[] = [60, 120, 300, 600];
const LIMITS: [number, number] = [10, 2_000_000_000];
const ACTIONS = [RuleAction.Block, RuleAction.Count, RuleAction.Challenge, RuleAction.Captcha];
const NAMED = [RateKeyPart.Header, RateKeyPart.Cookie, RateKeyPart.QueryArgument];
const ADDRESSES = [RateKeyPart.Address, RateKeyPart.ForwardedAddress];

/** The rate rules, the default ones among them. */
export function rateDrafts(check: Checks, rules: Record<string, RateRuleArgs>, lowered: LoweredFloor[]): RuleDraft[] {
  return check.record("rateRules", rules).map(([key, args]) => {
    const property = `rateRules.${key}`;
    check.plain(property, args);
    const windowSeconds = check.choice(
      `${property}.windowSeconds`,
      args.windowSeconds ?? DEFAULTS.windowSeconds,
      WINDOWS,
    );
    const rateBasedStatement: RateBased = {
      limit: check.whole(`${property}.limit`, args.limit, LIMITS),
      evaluationWindowSec: windowSeconds,
      ...aggregation(check, property, key, args, lowered),
    };
    const scopeDownStatement = selectionStatement(check, `${property}.requests`, args.requests);
    if (scopeDownStatement !== undefined) rateBasedStatement.scopeDownStatement = scopeDownStatement;
    return {
      key: `rate-${key}`,
      phase: "rate",
      action: check.choice(`${property}.action`, args.action ?? RuleAction.Block, ACTIONS),
      answer: "too-many-requests",
      retryAfterSeconds: windowSeconds,
      statement: () => ({ rateBasedStatement }),
    };
  });
}

function aggregation(
  check: Checks,
  property: string,
  key: string,
  args: RateRuleArgs,
  lowered: LoweredFloor[],
): Pick<RateBased, "aggregateKeyType" | "customKeys" | "forwardedIpConfig"> {
  const aggregateKeyType = check.choice(
    `${property}.aggregateBy`,
    args.aggregateBy ?? RateKey.Address,
    Object.values(RateKey),
  );
  const parts = customParts(check, property, aggregateKeyType, args.customKeys);
  const forwards =
    aggregateKeyType === RateKey.ForwardedAddress || parts.some(({ part }) => part === RateKeyPart.ForwardedAddress);
  if (forwards !== (args.forwardedAddress !== undefined)) {
    check.fail({
      property: `${property}.forwardedAddress`,
      received: args.forwardedAddress,
      allowed: "the header with the address, with a forwarded address as the key or a part of it, and only then",
      fix: forwards ? "name the header and say why it can be trusted" : "remove forwardedAddress, or set aggregateBy",
    });
  }
  if (aggregateKeyType === RateKey.AllRequests && args.requests === undefined) {
    check.fail({
      property: `${property}.requests`,
      received: undefined,
      allowed: "a selection, where all requests are counted together",
      fix: "say which requests count: AWS WAF refuses such a rule without a scope",
    });
  }
  const header = trustedHeader(check, `${property}.forwardedAddress`, args.forwardedAddress, `rate-${key}`);
  if (header !== undefined) lowered.push(header.lowered);
  return {
    aggregateKeyType,
    ...(parts.length === 0 ? {} : { customKeys: parts.map(customKey) }),
    ...(header === undefined ? {} : { forwardedIpConfig: header.config }),
  };
}

function customParts(
  check: Checks,
  property: string,
  aggregateBy: RateKey,
  customKeys: RateKeyPartArgs[] | undefined,
): RateKeyPartArgs[] {
  const path = `${property}.customKeys`;
  if (aggregateBy !== RateKey.Custom) {
    if (customKeys === undefined) return [];
    return check.fail({
      property: path,
      received: customKeys,
      allowed: `nothing, unless aggregateBy is ${RateKey.Custom}`,
      fix: "set aggregateBy to RateKey.Custom, or remove customKeys",
    });
  }
  const parts = check.list(path, customKeys, [1, 5]);
  for (const [index, { part, name }] of parts.entries()) {
    check.choice(`${path}[${index}].part`, part, Object.values(RateKeyPart));
    const named = NAMED.includes(part);
    if (named) check.headerName(`${path}[${index}].name`, name);
    else if (name !== undefined) {
      check.fail({
        property: `${path}[${index}].name`,
        received: name,
        allowed: "nothing: only a header, a cookie or a query argument has a name",
        fix: "remove the name",
      });
    }
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && ADDRESSES.includes(only.part)) {
    check.fail({
      property: path,
      received: customKeys,
      allowed: "an address with another part beside it",
      fix: `set aggregateBy to RateKey.Address or RateKey.ForwardedAddress in its place`,
    });
  }
  return parts;
}

function customKey({ part, name = "" }: RateKeyPartArgs): CustomKey {
  const textTransformations = transformations([]);
  switch (part) {
    case RateKeyPart.Address:
      return { ip: {} };
    case RateKeyPart.ForwardedAddress:
      return { forwardedIp: {} };
    case RateKeyPart.Method:
      return { httpMethod: {} };
    case RateKeyPart.Header:
      return { header: { name, textTransformations } };
    case RateKeyPart.Cookie:
      return { cookie: { name, textTransformations } };
    case RateKeyPart.QueryArgument:
      return { queryArgument: { name, textTransformations } };
    case RateKeyPart.QueryString:
      return { queryString: { textTransformations } };
    case RateKeyPart.UriPath:
      return { uriPath: { textTransformations } };
  }
}
