import { describe, expect, test } from "vitest";
import { FIXED } from "../../src/firewall/defaults.ts";
import { firewallSettings } from "../../src/firewall/settings.ts";
import type { Inspection, Statement } from "../../src/firewall/statements.ts";
import { ManagedGroup, RequestComponent, SqlInjectionSensitivity, statementCapacity } from "../../src/index.ts";
import { sentenceOf } from "../fixtures.ts";

const none = [{ priority: 0, type: "NONE" }];
const two = [
  { priority: 0, type: "URL_DECODE" },
  { priority: 1, type: "LOWERCASE" },
];
const query: Inspection = { fieldToMatch: { queryString: {} }, textTransformations: none };
const jsonBody = {
  jsonBody: {
    matchPattern: { all: {} },
    matchScope: "ALL",
    invalidFallbackBehavior: FIXED.invalidJson,
    oversizeHandling: FIXED.oversizeHandling,
  },
};
const bytes = (positionalConstraint: string, inspection = query): Statement => ({
  byteMatchStatement: { positionalConstraint, searchString: "x", ...inspection },
});
const address = (position?: string): Statement => ({
  ipSetReferenceStatement: {
    arn: "",
    ...(position === undefined
      ? {}
      : { ipSetForwardedIpConfig: { headerName: "x-forwarded-for", fallbackBehavior: "MATCH", position } }),
  },
});
const rate = { limit: 10, evaluationWindowSec: 60, aggregateKeyType: "IP" };

// https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html and each statement's own page.
describe("AWS's published costs", () => {
  test.each<[string, number, Statement]>([
    ["geographic match", 1, { geoMatchStatement: { countryCodes: ["KP"] } }],
    ["IP set", 1, address()],
    ["IP set, first forwarded address", 1, address("FIRST")],
    ["IP set, any forwarded address", 5, address("ANY")],
    ["string, exactly", 2, bytes("EXACTLY")],
    ["string, starts with", 2, bytes("STARTS_WITH")],
    ["string, ends with", 2, bytes("ENDS_WITH")],
    ["string, contains", 10, bytes("CONTAINS")],
    ["string, contains word", 10, bytes("CONTAINS_WORD")],
    ["string, two transformations", 22, bytes("EXACTLY", { ...query, textTransformations: two })],
    ["regular expression", 3, { regexMatchStatement: { regexString: "x", ...query } }],
    ["regex pattern set", 25, { regexPatternSetReferenceStatement: { arn: "", ...query } }],
    ["size", 1, { sizeConstraintStatement: { comparisonOperator: "GT", size: 1, ...query } }],
    ["SQL injection, low", 20, { sqliMatchStatement: { sensitivityLevel: "LOW", ...query } }],
    ["SQL injection, high", 30, { sqliMatchStatement: { sensitivityLevel: "HIGH", ...query } }],
    ["cross-site scripting", 40, { xssMatchStatement: query }],
    [
      "all query arguments add 10",
      50,
      { xssMatchStatement: { fieldToMatch: { allQueryArguments: {} }, textTransformations: none } },
    ],
    [
      "a JSON body doubles the base, not the transformations",
      100,
      { xssMatchStatement: { fieldToMatch: jsonBody, textTransformations: two } },
    ],
    ["rate", 2, { rateBasedStatement: rate }],
    [
      "rate with two custom keys",
      62,
      { rateBasedStatement: { ...rate, customKeys: [{ ip: {} }, { httpMethod: {} }] } },
    ],
    ["rate with a scope", 4, { rateBasedStatement: { ...rate, scopeDownStatement: bytes("EXACTLY") } }],
    ["not", 2, { notStatement: { statement: bytes("EXACTLY") } }],
    ["and", 3, { andStatement: { statements: [bytes("EXACTLY"), address()] } }],
    ["or", 12, { orStatement: { statements: [bytes("EXACTLY"), bytes("CONTAINS")] } }],
  ])("%s: %i", (_what, expected, statement) => {
    expect(statementCapacity(statement)).toBe(expected);
  });

  // https://docs.aws.amazon.com/cli/latest/reference/wafv2/check-capacity.html#examples: "Capacity": 15.
  test("AWS's worked example: an AND of a lower-cased host and two countries, and a rate rule, are 15 together", () => {
    const host = bytes("EXACTLY", {
      fieldToMatch: { singleHeader: { name: "host" } },
      textTransformations: [{ priority: 0, type: "LOWERCASE" }],
    });
    const countries = { geoMatchStatement: { countryCodes: ["US", "IN"] } };
    const rules: Statement[] = [{ andStatement: { statements: [host, countries] } }, { rateBasedStatement: rate }];
    expect(rules.map(statementCapacity)).toEqual([13, 2]);
  });

  test("a rule group's is its owner's to say", () => {
    expect(() => statementCapacity({ ruleGroupReferenceStatement: { arn: "" } })).toThrow(
      new Error("no published capacity for ruleGroupReferenceStatement: its owner fixed it"),
    );
  });
});

describe("a web ACL", () => {
  test("costs by default what these rules cost, less than what AWS's basic price holds", () => {
    const { capacities } = firewallSettings("edge", {});
    expect(capacities).toEqual({
      "size-limits": 6,
      "rate-per-address": 2,
      // Five components of 20, the body doubled, query arguments 10, four transformations each and JS_DECODE for the body.
      "sql-injection": 20 * 6 + 10 + 200 + 10,
      "cross-site-scripting": 40 * 6 + 10 + 150 + 10,
      "injection-patterns": 25 * 6 + 200 + 10,
      "managed-ip-reputation": 25,
      "managed-known-bad-inputs": 200,
    });
    expect(Object.values(capacities).reduce((sum, units) => sum + units, 0)).toBe(1343);
  });

  test("counts a group's scope beside the group", () => {
    const managedGroups = [{ group: ManagedGroup.IpReputation, requests: { methods: ["POST"] } }];
    expect(firewallSettings("edge", { managedGroups }).capacities["managed-ip-reputation"]).toBe(27);
  });

  test("is refused when its rules cost more, with the rule that exceeds it", () => {
    const managedGroups = [{ group: ManagedGroup.IpReputation }, { group: ManagedGroup.Common }];
    expect(sentenceOf({ managedGroups, maximumCapacity: 1500 })).toBe(
      'EdgeFirewall "edge": maximumCapacity is 1500, which the rule "managed-common" exceeds with its 700 capacity units ' +
        "(all rules: 1843); allowed: rules of at most 1500 capacity units together; to fix it, remove a rule or transformations, " +
        "or set maximumCapacity to 1843, for which AWS asks more above 1500",
    );
    expect(sentenceOf({ managedGroups, maximumCapacity: 1843 })).toBe("no error");
    expect(sentenceOf({ managedGroups, maximumCapacity: 1842 })).not.toBe("no error");
  });

  test("is refused above what AWS allows, whatever is set", () => {
    const customGroups = { big: { ruleGroupArn: "arn", capacity: 5000 } };
    expect(sentenceOf({ customGroups, maximumCapacity: 5000 })).toBe(
      'EdgeFirewall "edge": maximumCapacity is 5000, which the rule "group-big" exceeds with its 5000 capacity ' +
        "units (all rules: 6343); allowed: rules of at most 5000 capacity units together; to fix it, remove rules or " +
        "transformations: AWS allows 5000 at most",
    );
  });

  test.each([0, 5001, 1.5])("has no maximum of %s", (maximumCapacity) => {
    expect(sentenceOf({ maximumCapacity })).toBe(
      `EdgeFirewall "edge": maximumCapacity is ${maximumCapacity}; allowed: a whole number from 1 to 5000; to fix it, set ` +
        "maximumCapacity to one",
    );
  });

  test("costs more with high sensitivity", () => {
    const sqlInjection = {
      sensitivity: SqlInjectionSensitivity.High,
      components: [RequestComponent.QueryString],
      textTransformations: [],
    };
    expect(firewallSettings("edge", { sqlInjection }).capacities["sql-injection"]).toBe(30);
  });
});
