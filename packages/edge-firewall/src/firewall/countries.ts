import type { LoweredFloor } from "@palisade/core";
import { type CountryRuleArgs, RuleAction } from "./args.ts";
import type { Checks } from "./checks.ts";
import { trustedHeader } from "./forwarded.ts";
import type { RuleDraft } from "./rule.ts";
import { not, type Statement } from "./statements.ts";

const ACTIONS = [RuleAction.Block, RuleAction.Count, RuleAction.Challenge, RuleAction.Captcha];

/** The rules by country. None allows: a country is a guess from an address, not a proof. */
export function countryDrafts(
  check: Checks,
  rules: Record<string, CountryRuleArgs> | undefined,
  lowered: LoweredFloor[],
): RuleDraft[] {
  return check.record("countryRules", rules).map(([key, args]) => {
    const property = `countryRules.${key}`;
    check.plain(property, args);
    const countryCodes = check
      .list(`${property}.countryCodes`, args.countryCodes, [1, 50])
      .map((code, index) =>
        check.text(`${property}.countryCodes[${index}]`, code, /^[A-Z]{2}$/, "an ISO 3166 code of two capital letters"),
      );
    const header = trustedHeader(check, `${property}.forwardedAddress`, args.forwardedAddress, `country-${key}`);
    if (header !== undefined) lowered.push(header.lowered);
    const listed: Statement = {
      geoMatchStatement: { countryCodes, ...(header === undefined ? {} : { forwardedIpConfig: header.config }) },
    };
    return {
      key: `country-${key}`,
      phase: "country",
      action: check.choice(`${property}.action`, args.action ?? RuleAction.Block, ACTIONS),
      answer: "forbidden",
      statement: () => (args.othersOnly === true ? not(listed) : listed),
    };
  });
}
