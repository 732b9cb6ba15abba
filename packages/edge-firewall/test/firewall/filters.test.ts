import { describe, expect, test } from "vitest";
import { firewallSettings } from "../../src/firewall/settings.ts";
import {
  type FilterRuleArgs,
  MatchPosition,
  RequestComponent,
  RuleAction,
  TextTransformation,
} from "../../src/index.ts";
import { REASON, ruleOf, rulesOf, sentenceOf } from "../fixtures.ts";

const rule = (args: FilterRuleArgs) => ruleOf({ filterRules: { scan: args } }, "filter-scan");
const fault = (args: FilterRuleArgs) => sentenceOf({ filterRules: { scan: args } });
const NONE = [{ priority: 0, type: "NONE" }];
const PATH = RequestComponent.UriPath;

describe("a filter", () => {
  test("compares one header's value, exactly by default", () => {
    expect(
      rule({ component: RequestComponent.Header, headerName: "User-Agent", values: ["sqlmap"] }).statement,
    ).toEqual({
      byteMatchStatement: {
        positionalConstraint: "EXACTLY",
        searchString: "sqlmap",
        fieldToMatch: { singleHeader: { name: "user-agent" } },
        textTransformations: NONE,
      },
    });
  });

  test.each([
    [RequestComponent.QueryString, { queryString: {} }],
    [RequestComponent.QueryArguments, { allQueryArguments: {} }],
    [RequestComponent.UriPath, { uriPath: {} }],
    [RequestComponent.Method, { method: {} }],
    [RequestComponent.Body, { body: { oversizeHandling: "MATCH" } }],
    [
      RequestComponent.Headers,
      { headers: [{ matchPattern: { all: {} }, matchScope: "VALUE", oversizeHandling: "MATCH" }] },
    ],
  ])("looks at %s", (component, fieldToMatch) => {
    expect(rule({ component, values: ["x"] }).statement.byteMatchStatement?.fieldToMatch).toEqual(fieldToMatch);
  });

  test("matches any of its values, after transformations, or none of them", () => {
    const args = {
      component: PATH,
      position: MatchPosition.StartsWith,
      values: ["/admin", "/.git"],
      textTransformations: [TextTransformation.UrlDecode, TextTransformation.Lowercase],
    };
    const byteMatch = (searchString: string) => ({
      byteMatchStatement: {
        positionalConstraint: "STARTS_WITH",
        searchString,
        fieldToMatch: { uriPath: {} },
        textTransformations: [
          { priority: 0, type: "URL_DECODE" },
          { priority: 1, type: "LOWERCASE" },
        ],
      },
    });
    const any = { orStatement: { statements: [byteMatch("/admin"), byteMatch("/.git")] } };
    expect(rule(args).statement).toEqual(any);
    expect(rule({ ...args, othersOnly: true }).statement).toEqual({ notStatement: { statement: any } });
  });

  test("has a regex pattern set for regular expressions, and may look at some requests only", () => {
    const args = {
      component: PATH,
      regularExpressions: ["\\.php$", "^/wp-(?:admin|login)", "[(]x[)]"],
      requests: { methods: ["GET"] },
    };
    const omittedRules = { "injection-patterns": REASON };
    expect(firewallSettings("edge", { filterRules: { scan: args }, omittedRules }).patternSets).toEqual([
      { key: "filter-scan", regularExpressions: args.regularExpressions },
    ]);
    expect(rule(args).statement).toEqual({
      andStatement: {
        statements: [
          {
            byteMatchStatement: {
              positionalConstraint: "EXACTLY",
              searchString: "GET",
              fieldToMatch: { method: {} },
              textTransformations: NONE,
            },
          },
          {
            regexPatternSetReferenceStatement: {
              arn: "arn:filter-scan",
              fieldToMatch: { uriPath: {} },
              textTransformations: NONE,
            },
          },
        ],
      },
    });
  });

  test("that allows stands before the rates, one that blocks after them", () => {
    const names = rulesOf({
      filterRules: {
        health: { component: PATH, values: ["/status"], action: RuleAction.Allow },
        scan: { component: PATH, values: ["/.env"] },
      },
    }).map(({ name }) => name);
    expect(names.slice(0, 4)).toEqual(["size-limits", "filter-health", "rate-per-address", "filter-scan"]);
  });

  test.each<[string, FilterRuleArgs, string]>([
    [
      "a header without a name",
      { component: RequestComponent.Header, values: ["x"] },
      ".headerName is not set; allowed: the header's name, with component SINGLE_HEADER and only then; to fix it, name the header",
    ],
    [
      "a name without a header",
      { component: PATH, headerName: "x", values: ["x"] },
      '.headerName is "x"; allowed: the header\'s name, with component SINGLE_HEADER and only then; to fix it, remove headerName, or ' +
        "set component",
    ],
    [
      "a header's name that is none",
      { component: RequestComponent.Header, headerName: "a:b", values: ["x"] },
      '.headerName is "a:b"; allowed: the name of a header; to fix it, set filterRules.scan.headerName to one',
    ],
    [
      "nothing to match",
      { component: PATH },
      " is without something to match; allowed: either values or regularExpressions; to fix it, give one of the two; a second filter " +
        "can have the other",
    ],
    [
      "both",
      { component: PATH, values: ["x"], regularExpressions: ["x"] },
      " is with values and regularExpressions; allowed: either values or regularExpressions; to fix it, give one of the two; a " +
        "second filter can have the other",
    ],
    [
      "a position of an expression",
      { component: PATH, regularExpressions: ["x"], position: MatchPosition.Contains },
      '.position is "CONTAINS"; allowed: nothing beside regularExpressions, which say where they match; to fix it, remove position',
    ],
    [
      "a value that is too long",
      { component: PATH, values: ["é".repeat(101)] },
      `.values[0] is "${"é".repeat(79)}... (103 characters); allowed: text of 1 to 200 bytes; to fix it, shorten the text`,
    ],
    [
      "a word that is none",
      { component: PATH, values: ["a-b"], position: MatchPosition.ContainsWord },
      '.values[0] is "a-b"; allowed: letters, digits and underscores, where a word is looked for; to fix it, set position to ' +
        "MatchPosition.Contains",
    ],
  ])("is refused with %s", (_what, args, sentence) => {
    expect(fault(args)).toBe(`EdgeFirewall "edge": filterRules.scan${sentence}`);
  });

  // https://docs.aws.amazon.com/waf/latest/developerguide/waf-regex-pattern-support.html
  test.each([
    ["(a|b)", "write (?:...) for (...)"],
    ["(?=a)", "remove the look-around"],
    ["(?<!a)b", "remove the look-around"],
    ["a\\1", "remove the back-reference"],
    ["", "change its length"],
    ["a".repeat(201), "change its length"],
  ])("has no expression %s", (expression, fix) => {
    const received = expression.length > 80 ? `"${"a".repeat(79)}... (203 characters)` : JSON.stringify(expression);
    expect(fault({ component: PATH, regularExpressions: [expression] })).toBe(
      `EdgeFirewall "edge": filterRules.scan.regularExpressions[0] is ${received}; allowed: a regular expression of 1 to 200 ` +
        `characters, without groups that capture, look-around and back-references; to fix it, ${fix}: AWS WAF would refuse it`,
    );
  });

  test("has at most ten expressions, AWS's limit of a set", () => {
    expect(fault({ component: PATH, regularExpressions: Array.from({ length: 11 }, () => "x") })).toBe(
      'EdgeFirewall "edge": filterRules.scan.regularExpressions is a list of 11; allowed: a literal list of 1 to 10; to fix it, give ' +
        "filterRules.scan.regularExpressions as many",
    );
  });
});
