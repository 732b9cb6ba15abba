import { RequestComponent, RuleAction, type SizeLimitArgs } from "./args.ts";
import type { Checks } from "./checks.ts";
import { DEFAULTS, FIXED } from "./defaults.ts";
import type { RuleDraft } from "./rule.ts";
import { anyOf, type FieldToMatch, field, type Statement, transformations } from "./statements.ts";

/**
 * The rule of sizes. Its statements on the body, on headers and on cookies match what is too long for AWS WAF to inspect, whatever the
 * limit: a body of 16 KB is all that AWS WAF receives of a longer one, so that "more than 16384 bytes" alone would never match.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html
 */
export function sizeDraft(check: Checks, args: SizeLimitArgs, bodyInspectionKilobytes: number): RuleDraft {
  check.plain("sizeLimits", args);
  const inspected = bodyInspectionKilobytes * 1024;
  const limits: [FieldToMatch, number][] = [
    [
      field(RequestComponent.Body, "", []),
      check.whole("sizeLimits.bodyBytes", args.bodyBytes ?? inspected, [0, inspected]),
    ],
    [
      { queryString: {} },
      check.whole("sizeLimits.queryStringBytes", args.queryStringBytes ?? DEFAULTS.queryStringBytes, [0, 8192]),
    ],
    [{ uriPath: {} }, check.whole("sizeLimits.uriPathBytes", args.uriPathBytes ?? DEFAULTS.uriPathBytes, [1, 8192])],
    [
      { singleHeader: { name: "cookie" } },
      check.whole("sizeLimits.cookieBytes", args.cookieBytes ?? DEFAULTS.cookieBytes, [0, 8192]),
    ],
    [field(RequestComponent.Headers, "", []), FIXED.headerBytes],
    [field(RequestComponent.Cookies, "", []), FIXED.headerBytes],
  ];
  const statements = limits.map(
    ([fieldToMatch, size]): Statement => ({
      sizeConstraintStatement: {
        comparisonOperator: "GT",
        size,
        fieldToMatch,
        textTransformations: transformations([]),
      },
    }),
  );
  return {
    key: "size-limits",
    phase: "size",
    action: RuleAction.Block,
    answer: "forbidden",
    statement: () => anyOf(statements),
  };
}
