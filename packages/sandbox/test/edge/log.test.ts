import type { LoggingConfiguration, Rule } from "@aws-sdk/client-wafv2";
import { describe, expect, test } from "vitest";
import { logRecord } from "../../src/edge/log.ts";
import { ARN, compile, contains, request, rule, transformations, VISIBILITY } from "./support.ts";

const SOURCE = { webAclArn: ARN, httpSourceId: "111122223333:api:live", timestamp: 1_683_355_579_981, bodySize: 0 };
const DESTINATION = { ResourceArn: ARN, LogDestinationConfigs: [] };
const anything = contains("", { UriPath: {} });

function record(
  rules: Rule[],
  over: Parameters<typeof request>[0],
  config: Partial<LoggingConfiguration> = {},
  bodySize = 0,
) {
  return logRecord(compile(rules).evaluate(request(over)), { ...SOURCE, bodySize }, { ...DESTINATION, ...config });
}

const sqli = rule("sqli", {
  SqliMatchStatement: { FieldToMatch: { AllQueryArguments: {} }, TextTransformations: transformations("URL_DECODE") },
});

test("a record has AWS's fields", () => {
  const over = {
    query: "q=%27%20OR%201=1%20--",
    headers: [["Host", "api"]] as const,
    path: "/orders",
    clientIp: "127.0.2.9",
  };
  expect(record([rule("seen", anything, { Count: {} }, { RuleLabels: [{ Name: "l" }] }), sqli], over)).toEqual({
    timestamp: 1_683_355_579_981,
    formatVersion: 1,
    webaclId: ARN,
    terminatingRuleId: "sqli",
    terminatingRuleType: "REGULAR",
    action: "BLOCK",
    terminatingRuleMatchDetails: [
      {
        conditionType: "SQL_INJECTION",
        sensitivityLevel: "LOW",
        location: "ALL_QUERY_ARGS",
        matchedData: ["' OR 1=1 --"],
        matchedFieldName: "q",
      },
    ],
    httpSourceName: "APIGW",
    httpSourceId: "111122223333:api:live",
    ruleGroupList: [],
    rateBasedRuleList: [],
    nonTerminatingMatchingRules: [{ ruleId: "seen", action: "COUNT", ruleMatchDetails: [] }],
    requestHeadersInserted: null,
    responseCodeSent: null,
    httpRequest: {
      clientIp: "127.0.2.9",
      country: "DE",
      headers: [{ name: "Host", value: "api" }],
      uri: "/orders",
      args: "q=%27%20OR%201=1%20--",
      httpVersion: "HTTP/1.1",
      httpMethod: "GET",
      requestId: "r-1",
    },
    labels: [{ name: "awswaf:111122223333:webacl:testWebACL:l" }],
  });
});

test("sizes, oversize parts, inserted headers and the code of a custom response are told", () => {
  const many = Array.from({ length: 201 }, (_, at) => [`h${at}`, "v"] as const);
  const cookies = ["Cookie", Array.from({ length: 201 }, (_, at) => `c${at}`).join(";")] as const;
  const insert = { CustomRequestHandling: { InsertHeaders: [{ Name: "a", Value: "b" }] } };
  const rules = [
    rule("count", anything, { Count: insert }),
    rule("end", anything, { Block: { CustomResponse: { ResponseCode: 429 } } }),
  ];
  expect(
    record(rules, { body: "x".repeat(16_385), headers: [cookies, ...many], clientIp: "8.8.8.8" }, {}, 200_000),
  ).toMatchObject({
    requestBodySize: 200_000,
    requestBodySizeInspectedByWAF: 16_384,
    oversizeFields: ["REQUEST_BODY", "REQUEST_JSON_BODY", "REQUEST_HEADERS", "REQUEST_COOKIES"],
    requestHeadersInserted: [{ name: "x-amzn-waf-a", value: "b" }],
    responseCodeSent: 429,
    httpRequest: { country: "-" },
  });
});

test("a rule group's rule is in the list of groups", () => {
  const groupArn = "arn:aws:wafv2:us-east-1:111122223333:regional/rulegroup/own/g";
  const group = { Name: "own", Id: "g", ARN: groupArn, Capacity: 1, VisibilityConfig: VISIBILITY, Rules: [sqli] };
  const acl = compile([rule("group", { RuleGroupReferenceStatement: { ARN: groupArn } })], {
    references: { ruleGroups: new Map([[groupArn, group]]) },
  });
  const verdict = acl.evaluate(request({ query: "q=%27%20OR%201=1%20--" }));
  expect(logRecord(verdict, SOURCE, DESTINATION)).toMatchObject({
    terminatingRuleId: "group",
    terminatingRuleType: "GROUP",
    terminatingRuleMatchDetails: [],
    ruleGroupList: [
      {
        ruleGroupId: groupArn,
        terminatingRule: { ruleId: "sqli", action: "BLOCK", ruleMatchDetails: [{ conditionType: "SQL_INJECTION" }] },
        nonTerminatingMatchingRules: [],
        excludedRules: null,
      },
    ],
  });
});

describe("redaction", () => {
  const RedactedFields = [
    { SingleHeader: { Name: "authorization" } },
    { SingleHeader: { Name: "cookie" } },
    { UriPath: {} },
    { QueryString: {} },
    { Method: {} },
  ];

  test("hides header, path, query and method, wherever they are", () => {
    const over = {
      path: "/secret-path",
      query: "q=%27%20OR%201=1%20--",
      method: "PATCH",
      headers: [
        ["Authorization", "Bearer secret"],
        ["COOKIE", "id=secret"],
        ["X-Plain", "shown"],
      ] as const,
    };
    const text = JSON.stringify(record([sqli], over, { RedactedFields }));
    for (const secret of ["secret", "OR 1=1", "PATCH"]) expect(text).not.toContain(secret);
    expect(text).toContain("shown");
    expect(text.match(/REDACTED/g)).toHaveLength(6);
  });

  test("hides what a detector found in a redacted header, cookie, path or method, and shows the rest", () => {
    const all = { MatchPattern: { All: {} }, MatchScope: "VALUE", OversizeHandling: "CONTINUE" } as const;
    const found = (FieldToMatch: object, over: Parameters<typeof request>[0]) =>
      JSON.stringify(
        record(
          [
            rule("r", {
              XssMatchStatement: { FieldToMatch: FieldToMatch as never, TextTransformations: transformations() },
            }),
          ],
          over,
          { RedactedFields },
        )?.terminatingRuleMatchDetails,
      );
    const script = "<script>";
    expect(found({ Cookies: all }, { headers: [["Cookie", `a=${script}`]] })).toContain("REDACTED");
    expect(found({ Headers: all }, { headers: [["Authorization", script]] })).toContain("REDACTED");
    expect(found({ Headers: all }, { headers: [["X-Plain", script]] })).toContain(script);
    expect(found({ UriPath: {} }, { path: `/${script}` })).toContain("REDACTED");
    expect(found({ Method: {} }, { method: script })).toContain("REDACTED");
    expect(found({ Body: {} }, { body: script })).toContain(script);
  });

  test("nothing is hidden without redacted fields", () => {
    expect(JSON.stringify(record([sqli], { headers: [["Authorization", "Bearer x"]] }))).not.toContain("REDACTED");
  });
});

describe("the filter", () => {
  const counted = rule("count", anything, { Count: {} }, { RuleLabels: [{ Name: "l" }] });
  const blocking = [counted, rule("end", anything)];
  const label = { LabelNameCondition: { LabelName: "awswaf:111122223333:webacl:testWebACL:l" } };
  const action = (Action: string) => ({ ActionCondition: { Action: Action as never } });
  const filter = (Behavior: string, Requirement: string, ...Conditions: object[]) => ({
    LoggingFilter: {
      DefaultBehavior: Behavior === "KEEP" ? "DROP" : "KEEP",
      Filters: [{ Behavior, Requirement, Conditions }],
    } as never,
  });
  test.each<[string, Rule[], Partial<LoggingConfiguration>, boolean]>([
    ["keep blocks: a block", blocking, filter("KEEP", "MEETS_ANY", action("BLOCK")), true],
    ["keep blocks: an allowed one", [counted], filter("KEEP", "MEETS_ANY", action("BLOCK")), false],
    ["keep what is counted", [counted], filter("KEEP", "MEETS_ANY", action("BLOCK"), action("COUNT")), true],
    ["all conditions", [counted], filter("KEEP", "MEETS_ALL", action("BLOCK"), action("COUNT")), false],
    ["a label", [counted], filter("KEEP", "MEETS_ANY", label), true],
    ["drop a label", [counted], filter("DROP", "MEETS_ANY", label), false],
    ["drop another", [], filter("DROP", "MEETS_ANY", label), true],
    ["a rule group's count", [counted], filter("KEEP", "MEETS_ANY", action("EXCLUDED_AS_COUNT")), false],
  ])("%s", (_name, rules, config, kept) => {
    expect(record(rules, {}, config) !== undefined).toBe(kept);
  });
});
