import type { RateBasedStatement } from "@aws-sdk/client-wafv2";
import { describe, expect, test } from "vitest";
import { RateCounter } from "../../src/edge/rate.ts";
import { compile, contains, request, rule, transformations } from "./support.ts";

describe("the window", () => {
  test("slides: what is older does not count any more", () => {
    const counter = new RateCounter(60);
    for (let i = 0; i < 5; i++) counter.count("a", 0);
    expect(counter.count("a", 59_999)).toBe(6);
    expect(counter.count("a", 60_000)).toBe(2);
    expect(counter.count("b", 60_000)).toBe(1);
    expect(counter.count("a", 600_000)).toBe(1);
  });

  test("tracks 10,000 instances, and forgets the one that was seen longest ago", () => {
    const counter = new RateCounter(60);
    for (let i = 0; i < 10_000; i++) counter.count(`k${i}`, 0);
    expect(counter.count("k0", 0)).toBe(2);
    counter.count("new", 0);
    expect(counter.count("k1", 0)).toBe(1);
    expect(counter.count("k0", 0)).toBe(3);
  });

  test("an address that was limited is served again when its rate is down, and is counted while it is limited", () => {
    let now = 0;
    const acl = compile(
      [rule("r", { RateBasedStatement: { Limit: 10, AggregateKeyType: "IP", EvaluationWindowSec: 60 } })],
      {
        now: () => now,
      },
    );
    const action = () => acl.evaluate(request()).action;
    for (let i = 0; i < 10; i++) expect(action()).toBe("ALLOW");
    now = 50_000;
    for (let i = 0; i < 10; i++) expect(action()).toBe("BLOCK");
    now = 60_000;
    expect(action()).toBe("BLOCK");
    now = 120_000;
    expect(action()).toBe("ALLOW");
  });
});

describe("aggregation", () => {
  /** Sends eleven requests and says whether the last one was over the limit of ten. */
  function limited(more: Partial<RateBasedStatement>, at: (number: number) => Parameters<typeof request>[0]): boolean {
    const acl = compile([
      rule("mark", contains("", { UriPath: {} }), { Count: {} }, { RuleLabels: [{ Name: "ns:all" }] }),
      rule("r", {
        RateBasedStatement: { Limit: 10, AggregateKeyType: "CUSTOM_KEYS", EvaluationWindowSec: 60, ...more },
      }),
    ]);
    let action = "";
    for (let i = 0; i < 11; i++) action = acl.evaluate(request(at(i))).action;
    return action === "BLOCK";
  }
  const named = (Name: string) => ({ Name, TextTransformations: transformations("LOWERCASE") });
  const plain = { TextTransformations: transformations() };
  const forwarded = { HeaderName: "X-Forwarded-For", FallbackBehavior: "MATCH" as const };
  const xff = (value: string) => ({ headers: [["X-Forwarded-For", value]] as const });

  test.each<[string, Partial<RateBasedStatement>, (i: number) => Parameters<typeof request>[0], boolean]>([
    ["one address", { AggregateKeyType: "IP" }, () => ({}), true],
    ["many addresses", { AggregateKeyType: "IP" }, (i) => ({ clientIp: `10.0.0.${i}` }), false],
    [
      "one forwarded address",
      { AggregateKeyType: "FORWARDED_IP", ForwardedIPConfig: forwarded },
      (i) => ({ clientIp: `10.0.0.${i}`, ...xff("192.0.2.7, 1.1.1.1") }),
      true,
    ],
    [
      "forged forwarded addresses",
      { AggregateKeyType: "FORWARDED_IP", ForwardedIPConfig: forwarded },
      (i) => xff(`192.0.2.${i}, 1.1.1.1`),
      false,
    ],
    [
      "malformed ones together",
      { AggregateKeyType: "FORWARDED_IP", ForwardedIPConfig: forwarded },
      (i) => xff(`x${i}`),
      true,
    ],
    [
      "malformed ones that do not count",
      { AggregateKeyType: "FORWARDED_IP", ForwardedIPConfig: { ...forwarded, FallbackBehavior: "NO_MATCH" } },
      () => xff("x"),
      false,
    ],
    [
      "no forwarded address",
      { AggregateKeyType: "FORWARDED_IP", ForwardedIPConfig: forwarded },
      () => ({ headers: [] }),
      false,
    ],
    [
      "a header, transformed",
      { CustomKeys: [{ Header: named("x-key") }] },
      (i) => ({ headers: [["X-Key", i % 2 ? "A" : "a"]] }),
      true,
    ],
    ["a cookie", { CustomKeys: [{ Cookie: named("id") }] }, () => ({ headers: [["Cookie", "id=1"]] }), true],
    ["another cookie", { CustomKeys: [{ Cookie: named("id") }] }, () => ({ headers: [["Cookie", "other=1"]] }), false],
    ["an argument", { CustomKeys: [{ QueryArgument: named("user") }] }, (i) => ({ query: `User=eve&n=${i}` }), true],
    ["many users", { CustomKeys: [{ QueryArgument: named("user") }] }, (i) => ({ query: `user=eve${i}` }), false],
    ["the query", { CustomKeys: [{ QueryString: plain }] }, () => ({ query: "a=1" }), true],
    ["the path", { CustomKeys: [{ UriPath: plain }] }, (i) => ({ path: `/${i}` }), false],
    [
      "the method and the forwarded address",
      { CustomKeys: [{ HTTPMethod: {} }, { ForwardedIP: {} }], ForwardedIPConfig: forwarded },
      () => xff("192.0.2.7"),
      true,
    ],
    [
      "a label",
      { CustomKeys: [{ LabelNamespace: { Namespace: "awswaf:111122223333:webacl:testWebACL:ns:" } }] },
      () => ({}),
      true,
    ],
    ["no such label", { CustomKeys: [{ LabelNamespace: { Namespace: "other:" } }] }, () => ({}), false],
  ])("%s", (_name, more, at, expected) => {
    expect(limited(more, at)).toBe(expected);
  });

  test("the log has the address that is limited", () => {
    const acl = compile([rule("r", { RateBasedStatement: { Limit: 10, AggregateKeyType: "IP" } })]);
    let verdict = acl.evaluate(request());
    for (let i = 0; i < 10; i++) verdict = acl.evaluate(request());
    expect(verdict.rateExcesses).toEqual([
      {
        rateBasedRuleName: "r",
        limitKey: "IP",
        maxRateAllowed: 10,
        evaluationWindowSec: "300",
        limitValue: "192.0.2.1",
      },
    ]);
  });
});
