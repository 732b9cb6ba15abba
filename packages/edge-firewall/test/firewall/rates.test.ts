import { describe, expect, test } from "vitest";
import { firewallSettings } from "../../src/firewall/settings.ts";
import { ForwardedAddressFallback, RateKey, RateKeyPart, type RateRuleArgs, RuleAction } from "../../src/index.ts";
import { REASON, ruleOf, rulesOf, sentenceOf } from "../fixtures.ts";

const rated = (args: RateRuleArgs) => ruleOf({ rateRules: { flood: args } }, "rate-flood");
const fault = (args: RateRuleArgs) => sentenceOf({ rateRules: { flood: args } });
const NONE = [{ priority: 0, type: "NONE" }];

describe("a rate rule", () => {
  test("limits every address by default, and answers 429 with when to come again", () => {
    expect(ruleOf({}, "rate-per-address")).toMatchObject({
      statement: { rateBasedStatement: { limit: 600, evaluationWindowSec: 60, aggregateKeyType: "IP" } },
      action: {
        block: {
          customResponse: {
            responseCode: 429,
            customResponseBodyKey: "too-many-requests",
            responseHeaders: [
              { name: "cache-control", value: "no-store" },
              { name: "x-content-type-options", value: "nosniff" },
              { name: "retry-after", value: "60" },
            ],
          },
        },
      },
    });
  });

  test("of one's own stands beside the default one, or replaces it under the same key", () => {
    const names = rulesOf({ rateRules: { flood: { limit: 10 } } }).map(({ name }) => name);
    expect(names).toContain("rate-flood");
    expect(names).toContain("rate-per-address");
    expect(ruleOf({ rateRules: { "per-address": { limit: 10 } } }, "rate-per-address").statement).toEqual({
      rateBasedStatement: { limit: 10, evaluationWindowSec: 60, aggregateKeyType: "IP" },
    });
  });

  test("counts only the requests of a route, with or without the stage's name and slashes after it", () => {
    const { statement } = rated({ limit: 10, requests: { paths: ["/session"], methods: ["POST"] } });
    expect(statement.rateBasedStatement?.scopeDownStatement).toEqual({
      andStatement: {
        statements: [
          {
            regexMatchStatement: {
              regexString: "^(?:/[A-Za-z0-9_-]+)?/session/*$",
              fieldToMatch: { uriPath: {} },
              textTransformations: [
                { priority: 0, type: "URL_DECODE" },
                { priority: 1, type: "NORMALIZE_PATH" },
              ],
            },
          },
          {
            byteMatchStatement: {
              positionalConstraint: "EXACTLY",
              searchString: "POST",
              fieldToMatch: { method: {} },
              textTransformations: NONE,
            },
          },
        ],
      },
    });
  });

  test("counts by a combination of up to five parts", () => {
    const { statement } = rated({
      limit: 100,
      windowSeconds: 600,
      aggregateBy: RateKey.Custom,
      customKeys: [
        { part: RateKeyPart.Address },
        { part: RateKeyPart.Header, name: "x-api-key" },
        { part: RateKeyPart.Cookie, name: "session" },
        { part: RateKeyPart.QueryArgument, name: "q" },
        { part: RateKeyPart.Method },
      ],
    });
    expect(statement.rateBasedStatement).toEqual({
      limit: 100,
      evaluationWindowSec: 600,
      aggregateKeyType: "CUSTOM_KEYS",
      customKeys: [
        { ip: {} },
        { header: { name: "x-api-key", textTransformations: NONE } },
        { cookie: { name: "session", textTransformations: NONE } },
        { queryArgument: { name: "q", textTransformations: NONE } },
        { httpMethod: {} },
      ],
    });
    const more = rated({
      limit: 100,
      aggregateBy: RateKey.Custom,
      customKeys: [{ part: RateKeyPart.QueryString }, { part: RateKeyPart.UriPath }],
    });
    expect(more.statement.rateBasedStatement?.customKeys).toEqual([
      { queryString: { textTransformations: NONE } },
      { uriPath: { textTransformations: NONE } },
    ]);
  });

  test("trusts a forwarding header only for a reason, which becomes a tag", () => {
    const rateRules = {
      flood: {
        limit: 10,
        aggregateBy: RateKey.ForwardedAddress,
        forwardedAddress: {
          headerName: "CF-Connecting-IP",
          trustReason: REASON,
          fallback: ForwardedAddressFallback.NoMatch,
        },
      },
    };
    expect(ruleOf({ rateRules }, "rate-flood").statement).toEqual({
      rateBasedStatement: {
        limit: 10,
        evaluationWindowSec: 60,
        aggregateKeyType: "FORWARDED_IP",
        forwardedIpConfig: { headerName: "CF-Connecting-IP", fallbackBehavior: "NO_MATCH" },
      },
    });
    expect(firewallSettings("edge", { rateRules }).lowered).toEqual([
      { floor: "firewall-forwarded-rate-flood", reason: REASON },
    ]);
  });

  test("combines a forwarded address with another part", () => {
    const { statement } = rated({
      limit: 10,
      aggregateBy: RateKey.Custom,
      customKeys: [{ part: RateKeyPart.ForwardedAddress }, { part: RateKeyPart.UriPath }],
      forwardedAddress: { trustReason: REASON },
    });
    expect(statement.rateBasedStatement).toMatchObject({
      customKeys: [{ forwardedIp: {} }, { uriPath: {} }],
      forwardedIpConfig: { headerName: "X-Forwarded-For", fallbackBehavior: "MATCH" },
    });
  });

  test.each([
    [RuleAction.Count, { count: {} }],
    [RuleAction.Challenge, { challenge: {} }],
    [RuleAction.Captcha, { captcha: {} }],
  ])("can %s", (action, expected) => {
    expect(rated({ limit: 10, action }).action).toEqual(expected);
  });

  test.each<[string, RateRuleArgs, string]>([
    [
      "a limit below ten",
      { limit: 9 },
      "limit is 9; allowed: a whole number from 10 to 2000000000; to fix it, set rateRules.flood.limit to one",
    ],
    [
      "another window",
      { limit: 10, windowSeconds: 90 },
      "windowSeconds is 90; allowed: 60, 120, 300, 600; to fix it, set rateRules.flood.windowSeconds to one of them",
    ],
    [
      "an action that lets a flood pass",
      { limit: 10, action: RuleAction.Allow },
      'action is "ALLOW"; allowed: BLOCK, COUNT, CHALLENGE, CAPTCHA; to fix it, set rateRules.flood.action to one of them',
    ],
    [
      "all requests together without a scope",
      { limit: 10, aggregateBy: RateKey.AllRequests },
      "requests is not set; allowed: a selection, where all requests are counted together; to fix it, say which requests count: " +
        "AWS WAF refuses such a rule without a scope",
    ],
    [
      "a forwarded address without a header",
      { limit: 10, aggregateBy: RateKey.ForwardedAddress },
      "forwardedAddress is not set; allowed: the header with the address, with a forwarded address as the key or a part of it, " +
        "and only then; to fix it, name the header and say why it can be trusted",
    ],
    [
      "a header that nothing reads",
      { limit: 10, forwardedAddress: { trustReason: "short" } },
      'forwardedAddress is {"trustReason":"short"}; allowed: the header with the address, with a forwarded address as the key or ' +
        "a part of it, and only then; to fix it, remove forwardedAddress, or set aggregateBy",
    ],
    [
      "a header without a reason",
      { limit: 10, aggregateBy: RateKey.ForwardedAddress, forwardedAddress: { trustReason: "short" } },
      'forwardedAddress.trustReason is "short"; allowed: a written reason of at least 10 characters; to fix it, say why the floor ' +
        "is lowered here; it becomes a tag that the policy pack reports",
    ],
    [
      "parts without a combined key",
      { limit: 10, customKeys: [{ part: RateKeyPart.Method }] },
      'customKeys is [{"part":"HTTP_METHOD"}]; allowed: nothing, unless aggregateBy is CUSTOM_KEYS; to fix it, set aggregateBy to ' +
        "RateKey.Custom, or remove customKeys",
    ],
    [
      "a combined key without parts",
      { limit: 10, aggregateBy: RateKey.Custom },
      "customKeys is not set; allowed: a literal list of 1 to 5; to fix it, give rateRules.flood.customKeys as many",
    ],
    [
      "an address as the only part",
      { limit: 10, aggregateBy: RateKey.Custom, customKeys: [{ part: RateKeyPart.Address }] },
      'customKeys is [{"part":"IP"}]; allowed: an address with another part beside it; to fix it, set aggregateBy to ' +
        "RateKey.Address or RateKey.ForwardedAddress in its place",
    ],
    [
      "a header part without a name",
      { limit: 10, aggregateBy: RateKey.Custom, customKeys: [{ part: RateKeyPart.Header }] },
      "customKeys[0].name is not set; allowed: the name of a header; to fix it, set rateRules.flood.customKeys[0].name to one",
    ],
    [
      "a name of a part that has none",
      { limit: 10, aggregateBy: RateKey.Custom, customKeys: [{ part: RateKeyPart.Method, name: "x" }] },
      'customKeys[0].name is "x"; allowed: nothing: only a header, a cookie or a query argument has a name; to fix it, remove the name',
    ],
    [
      "an empty selection",
      { limit: 10, requests: {} },
      "requests is {}; allowed: { paths, methods } with at least one of them; to fix it, leave rateRules.flood.requests out to " +
        "select every request",
    ],
    [
      "a path that is an expression",
      { limit: 10, requests: { paths: ["/session.*$|"] } },
      'requests.paths[0] is "/session.*$|"; allowed: a path of the API, for example /session; to fix it, set ' +
        "rateRules.flood.requests.paths[0] to one",
    ],
    [
      "a method in lower case",
      { limit: 10, requests: { methods: ["post"] } },
      'requests.methods[0] is "post"; allowed: a method, for example POST; to fix it, set rateRules.flood.requests.methods[0] to one',
    ],
    [
      "too many paths for one expression",
      {
        limit: 10,
        requests: { paths: Array.from({ length: 20 }, (_, index) => `/a-long-enough-path-of-the-api-${index}`) },
      },
      "requests.paths is 697 characters as a regular expression; allowed: paths that make at most 512 characters together; to fix " +
        "it, select fewer paths, in two rules if need be",
    ],
  ])("is refused with %s", (_what, args, sentence) => {
    expect(fault(args)).toBe(`EdgeFirewall "edge": rateRules.flood.${sentence}`);
  });

  test.each(["Sign In", "__proto", "a".repeat(61), ""])("has no key %j", (key) => {
    expect(sentenceOf({ rateRules: { [key]: { limit: 10 } } })).toBe(
      `EdgeFirewall "edge": rateRules[${JSON.stringify(key)}] is a key that cannot be a rule's name; allowed: kebab-case of at most ` +
        "60 characters, for example sign-in; to fix it, rename the key",
    );
  });

  test("is a literal", () => {
    expect(sentenceOf({ rateRules: [] as never })).toBe(
      'EdgeFirewall "edge": rateRules is []; allowed: a literal object; to fix it, pass a literal: what it says decides what exists',
    );
  });
});

describe("the expression of a route", () => {
  const { statement } = rated({ limit: 10, requests: { paths: ["/orders/{orderId}", "/v1.0/session"] } });
  const expression = new RegExp(
    statement.rateBasedStatement?.scopeDownStatement?.regexMatchStatement?.regexString ?? "",
  );

  test.each([
    ["/orders/7", true],
    ["/live/orders/7", true],
    ["/live/orders/7//", true],
    ["/v1.0/session", true],
    ["/live/v1.0/session/", true],
    ["/orders", false],
    ["/orders/7/receipt", false],
    ["/v1x0/session", false],
    ["/a/b/orders/7", false],
  ])("of %s: %s", (path, expected) => {
    expect(expression.test(path)).toBe(expected);
  });
});
