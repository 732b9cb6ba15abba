import type { RuleAction, RuleGroup } from "@aws-sdk/client-wafv2";
import { describe, expect, test } from "vitest";
import { compile, contains, request, rule, VISIBILITY } from "./support.ts";

const anything = contains("", { UriPath: {} });
const nothing = contains("nowhere", { UriPath: {} });
const FORBIDDEN = {
  status: 403,
  headers: [
    ["content-type", "application/json"],
    ["x-amzn-errortype", "ForbiddenException"],
  ],
  body: '{"message":"Forbidden"}',
};

describe("rules", () => {
  test("are evaluated by priority, and the first that ends decides", () => {
    const acl = compile([
      rule("second", anything, { Block: {} }, { Priority: 20 }),
      rule("first", anything, { Allow: {} }, { Priority: 10 }),
      rule("never", nothing, { Block: {} }, { Priority: 5 }),
    ]);
    expect(acl.evaluate(request())).toMatchObject({
      action: "ALLOW",
      rule: "first",
      ruleType: "REGULAR",
      answer: undefined,
    });
  });

  test("the default action is what is left", () => {
    const headers = { CustomRequestHandling: { InsertHeaders: [{ Name: "seen", Value: "yes" }] } };
    expect(compile([], { acl: { DefaultAction: { Allow: headers } } }).evaluate(request())).toMatchObject({
      action: "ALLOW",
      rule: "Default_Action",
      insertedHeaders: [["x-amzn-waf-seen", "yes"]],
    });
    expect(compile([], { acl: { DefaultAction: { Block: {} } } }).evaluate(request())).toMatchObject({
      action: "BLOCK",
      rule: "Default_Action",
      answer: FORBIDDEN,
    });
  });

  test("allow and count insert headers, a block does not", () => {
    const handling = (Name: string) => ({ CustomRequestHandling: { InsertHeaders: [{ Name, Value: "1" }] } });
    const acl = compile([
      rule("count", anything, { Count: handling("counted") }),
      rule("allow", anything, { Allow: handling("allowed") }),
    ]);
    expect(acl.evaluate(request()).insertedHeaders).toEqual([
      ["x-amzn-waf-counted", "1"],
      ["x-amzn-waf-allowed", "1"],
    ]);
  });

  test.each<[RuleAction, string, object]>([
    [{ Block: {} }, "BLOCK", FORBIDDEN],
    [{ Captcha: {} }, "CAPTCHA", { status: 405, headers: [["x-amzn-waf-action", "captcha"]], body: "" }],
    [{ Challenge: {} }, "CHALLENGE", { status: 202, headers: [["x-amzn-waf-action", "challenge"]], body: "" }],
  ])("%j ends with %s", (action, expected, answer) => {
    expect(compile([rule("r", anything, action)]).evaluate(request())).toMatchObject({
      action: expected,
      rule: "r",
      answer,
    });
  });

  test.each([
    ["APPLICATION_JSON", "application/json"],
    ["TEXT_HTML", "text/html"],
    ["TEXT_PLAIN", "text/plain"],
    [undefined, "text/plain"],
  ])("a custom response of %s", (ContentType, header) => {
    const CustomResponse = {
      ResponseCode: 418,
      CustomResponseBodyKey: "k",
      ResponseHeaders: [{ Name: "retry-after", Value: "9" }],
    };
    const acl = { CustomResponseBodies: { k: { Content: "text", ContentType: ContentType as never } } };
    expect(compile([rule("r", anything, { Block: { CustomResponse } })], { acl }).evaluate(request()).answer).toEqual({
      status: 418,
      headers: [
        ["retry-after", "9"],
        ["content-type", header],
      ],
      body: "text",
    });
  });

  test("a custom response without a body has none", () => {
    const CustomResponse = { ResponseCode: 404 };
    expect(compile([rule("r", anything, { Block: { CustomResponse } })]).evaluate(request()).answer).toEqual({
      status: 404,
      headers: [],
      body: "",
    });
  });

  test("mistakes are refused", () => {
    const CustomResponse = { ResponseCode: 404, CustomResponseBodyKey: "k" };
    expect(() => compile([rule("r", anything, { Block: { CustomResponse } })])).toThrow(
      'rule "r": CustomResponseBodyKey "k" is not one of CustomResponseBodies ()',
    );
    expect(() => compile([rule("r", anything, {})])).toThrow(
      'rule "r": the action is {}; AWS WAF takes Allow, Block, Count, Captcha or Challenge',
    );
    const acl = {
      AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: "KB_8" as never } } },
    };
    expect(() => compile([], { acl })).toThrow(
      'AssociationConfig.RequestBody.API_GATEWAY.DefaultSizeInspectionLimit is "KB_8"; AWS WAF takes KB_16, KB_32, KB_48, KB_64',
    );
    expect(() => compile([rule("r", { RuleGroupReferenceStatement: { ARN: "gone" } })])).toThrow(
      'rule "r", RuleGroupReferenceStatement: gone does not exist',
    );
  });
});

describe("managed rule groups", () => {
  test("are declared, and never match", () => {
    const managed = rule("common", {
      ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" },
    });
    const acl = compile([managed]);
    expect(acl.declared).toEqual(["AWS:AWSManagedRulesCommonRuleSet"]);
    expect(acl.evaluate(request({ query: "q=<script>" }))).toMatchObject({ action: "ALLOW", rule: "Default_Action" });
  });
});

describe("own rule groups", () => {
  const ARN = "arn:aws:wafv2:us-east-1:111122223333:regional/rulegroup/own/g";
  const group: RuleGroup = {
    Name: "own",
    Id: "g",
    ARN,
    Capacity: 10,
    VisibilityConfig: VISIBILITY,
    CustomResponseBodies: { k: { Content: "own", ContentType: "TEXT_PLAIN" } },
    Rules: [
      rule("counts", anything, { Count: {} }, { Priority: 1, RuleLabels: [{ Name: "seen" }] }),
      rule(
        "blocks",
        anything,
        { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: "k" } } },
        { Priority: 2 },
      ),
    ],
  };
  const references = { ruleGroups: new Map([[ARN, group]]) };
  const using = (statement: object, override: object = { None: {} }) =>
    compile(
      [
        rule("group", { RuleGroupReferenceStatement: { ARN, ...statement } }, undefined, {
          OverrideAction: override as never,
        }),
      ],
      {
        references,
      },
    ).evaluate(request());

  test("the group's rules decide, with its own labels and bodies", () => {
    expect(using({})).toMatchObject({
      action: "BLOCK",
      rule: "group",
      ruleType: "GROUP",
      ruleWithinGroup: { rule: "blocks", groupArn: ARN },
      labels: ["awswaf:111122223333:rulegroup:own:seen"],
      counted: [{ ruleId: "counts", action: "COUNT", ruleGroup: "own" }],
      answer: { status: 429, headers: [["content-type", "text/plain"]], body: "own" },
    });
  });

  test("the override Count counts what the group decides", () => {
    expect(using({}, { Count: {} })).toMatchObject({
      action: "ALLOW",
      rule: "Default_Action",
      counted: [{ ruleId: "counts" }, { ruleId: "group", action: "COUNT", ruleMatchDetails: [] }],
    });
  });

  test("single rules are overridden, or excluded", () => {
    for (const statement of [
      { RuleActionOverrides: [{ Name: "blocks", ActionToUse: { Count: {} } }] },
      { ExcludedRules: [{ Name: "blocks" }] },
    ]) {
      expect(using(statement)).toMatchObject({
        action: "ALLOW",
        counted: [{ ruleId: "counts" }, { ruleId: "blocks" }],
      });
    }
  });
});
