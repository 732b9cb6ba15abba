/**
 * The worked examples of AWS's own documentation, each under the address of its page. The texts were read in copies of the pages
 * that a search gave, most of them cut; where a case is ours it says so.
 */
import { describe, expect, test } from "vitest";
import { RateCounter } from "../../src/edge/rate.ts";
import { blocks, compile, contains, request, rule, transformations } from "./support.ts";

const GUIDE = "docs.aws.amazon.com/waf/latest/developerguide";
const API = "docs.aws.amazon.com/waf/latest/APIReference";

describe(`${API}/API_ByteMatchStatement.html, CONTAINS_WORD`, () => {
  test.each([
    ["BadBot", true],
    [";BadBot", true],
    ["BadBot;", true],
    ["-BadBot;", true],
    // Ours: what is preceded or followed by a letter, a digit or an underscore is not the word.
    ["xBadBot", false],
    ["BadBot_1 VeryBadBot", false],
    ["xBadBot BadBot", true],
  ])("User-Agent: %s", (agent, expected) => {
    const statement = contains("BadBot", { SingleHeader: { Name: "user-agent" } }, "CONTAINS_WORD");
    expect(blocks(statement, { headers: [["User-Agent", agent]] })).toBe(expected);
  });
});

describe(`${API}/API_SizeConstraintStatement.html`, () => {
  const nine = (ComparisonOperator: string) => ({
    SizeConstraintStatement: {
      ComparisonOperator: ComparisonOperator as never,
      Size: 9,
      FieldToMatch: { UriPath: {} },
      TextTransformations: transformations(),
    },
  });
  test.each([
    ["EQ", true],
    ["NE", false],
    ["LE", true],
    ["LT", false],
    ["GE", true],
    ["GT", false],
  ])("the URI /logo.jpg is nine characters long: %s 9", (operator, expected) => {
    expect(blocks(nine(operator), { path: "/logo.jpg" })).toBe(expected);
  });
});

describe(`${GUIDE}/waf-rule-statement-fields-list.html, all query parameters`, () => {
  test.each([
    ["abc", true],
    ["seattle", true],
    ["SalesRegion", false],
  ])("UserName=abc&SalesRegion=seattle is looked through for %s", (text, expected) => {
    expect(blocks(contains(text, { AllQueryArguments: {} }), { query: "UserName=abc&SalesRegion=seattle" })).toBe(
      expected,
    );
  });

  test("unless otherwise noted, a request without the component does not match", () => {
    expect(blocks(contains("", { SingleHeader: { Name: "x-missing" } }), {})).toBe(false);
    expect(blocks(contains("", { SingleQueryArgument: { Name: "q" } }), { query: "p=1" })).toBe(false);
    expect(blocks(contains("", { JsonBody: { MatchPattern: { All: {} }, MatchScope: "ALL" } }), {})).toBe(false);
  });
});

describe(`${GUIDE}/waf-oversize-request-components.html`, () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, at) => [`h${at}`, "v"] as const);
  const find = (text: string, handling: string) =>
    contains(
      text,
      { Headers: { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: handling as never } },
      "EXACTLY",
    );

  test("for a web request with 205 headers, AWS WAF can't inspect the last 5 headers", () => {
    expect(blocks(find("h199", "CONTINUE"), { headers: numbered(205) })).toBe(true);
    for (const last of ["h200", "h204"]) expect(blocks(find(last, "CONTINUE"), { headers: numbered(205) })).toBe(false);
    expect(blocks(find("h204", "MATCH"), { headers: numbered(205) })).toBe(true);
    expect(blocks(find("h1", "NO_MATCH"), { headers: numbered(205) })).toBe(false);
    expect(blocks(find("absent", "MATCH"), { headers: numbered(200) })).toBe(false);
  });

  test.each([
    [undefined, 16_384],
    ["KB_16", 16_384],
    ["KB_32", 32_768],
    ["KB_48", 49_152],
    ["KB_64", 65_536],
  ])("with the limit %s, %i bytes of a body are inspected", (size, bytes) => {
    const acl = size
      ? { AssociationConfig: { RequestBody: { API_GATEWAY: { DefaultSizeInspectionLimit: size as never } } } }
      : {};
    const oversize = (handling: string) => contains("attack", { Body: { OversizeHandling: handling as never } });
    const within = `${"x".repeat(bytes - 6)}attack`;
    const beyond = `${"x".repeat(bytes)}attack`;
    expect(blocks(oversize("CONTINUE"), { body: within }, { acl })).toBe(true);
    expect(blocks(oversize("CONTINUE"), { body: beyond }, { acl })).toBe(false);
    expect(blocks(oversize("MATCH"), { body: beyond }, { acl })).toBe(true);
    expect(blocks(oversize("MATCH"), { body: "x".repeat(bytes) }, { acl })).toBe(false);
    expect(blocks(oversize("NO_MATCH"), { body: `attack${beyond}` }, { acl })).toBe(false);
  });
});

describe(`${GUIDE}/waf-rule-statement-type-size-constraint-match.html`, () => {
  test("the size is the size of what AWS WAF receives, so that only oversize handling sees a larger body", () => {
    const larger = (handling: string) => ({
      SizeConstraintStatement: {
        ComparisonOperator: "GT" as const,
        Size: 16_384,
        FieldToMatch: { Body: { OversizeHandling: handling as never } },
        TextTransformations: transformations(),
      },
    });
    expect(blocks(larger("CONTINUE"), { body: "x".repeat(200_000) })).toBe(false);
    expect(blocks(larger("MATCH"), { body: "x".repeat(200_000) })).toBe(true);
  });
});

// The example of nx-plugin-for-aws PR 826, measured on AWS: "size > 10 MB" with MATCH blocks everything above the inspection limit.
test("a size rule of 10 MB with MATCH blocks 200 KB", () => {
  const statement = {
    SizeConstraintStatement: {
      ComparisonOperator: "GT" as const,
      Size: 10_485_760,
      FieldToMatch: { Body: { OversizeHandling: "MATCH" as const } },
      TextTransformations: transformations(),
    },
  };
  expect(blocks(statement, { body: "x".repeat(200_000) })).toBe(true);
});

describe(`${API}/API_JsonBody.html`, () => {
  const json = (fallback: string | undefined, scope = "ALL", paths?: string[]) =>
    contains(
      "attack",
      {
        JsonBody: {
          MatchPattern: paths ? { IncludedPaths: paths } : { All: {} },
          MatchScope: scope as never,
          InvalidFallbackBehavior: fallback as never,
          OversizeHandling: "CONTINUE",
        },
      },
      "EXACTLY",
    );

  test.each([
    ["MATCH", true],
    ["NO_MATCH", false],
    [undefined, true],
  ])("when parsing fails, %s", (fallback, expected) => {
    // The value before the failure is what is evaluated without a setting.
    expect(blocks(json(fallback), { body: '{"a":"attack",' })).toBe(expected);
  });

  test("EVALUATE_AS_STRING inspects the body as plain text", () => {
    const plain = contains(
      "attack",
      { JsonBody: { MatchPattern: { All: {} }, MatchScope: "VALUE", InvalidFallbackBehavior: "EVALUATE_AS_STRING" } },
      "CONTAINS",
    );
    expect(blocks(plain, { body: "not json: attack" })).toBe(true);
    expect(blocks(plain, { body: "not json" })).toBe(false);
  });

  test("without a setting only what is before the failure is evaluated", () => {
    expect(blocks(json(undefined), { body: '{"b":1,x "a":"attack"}' })).toBe(false);
  });

  test.each([
    ["ALL", true, true],
    ["KEY", true, false],
    ["VALUE", false, true],
  ])("MatchScope %s", (scope, key, value) => {
    expect(blocks(json("MATCH", scope), { body: '{"attack":1}' })).toBe(key);
    expect(blocks(json("MATCH", scope), { body: '{"a":["attack"]}' })).toBe(value);
  });

  test(`IncludedPaths are JSON pointers, as /dogs/0/name (${API}/API_JsonMatchPattern.html)`, () => {
    const dogs = json("MATCH", "VALUE", ["/dogs/0"]);
    expect(blocks(dogs, { body: '{"dogs":[{"name":"attack"},{}]}' })).toBe(true);
    expect(blocks(dogs, { body: '{"dogs":[{},{"name":"attack"}]}' })).toBe(false);
  });
});

describe(`${API}/API_IPSetForwardedIPConfig.html: 10.1.1.1, 127.0.0.0, 10.10.10.10`, () => {
  const references = {
    ipSets: new Map([
      ["set", ["10.1.1.1/32"]],
      ["last", ["10.10.10.10/32"]],
      ["middle", ["127.0.0.0/32"]],
    ]),
  };
  const forwarded = (ARN: string, Position: string, FallbackBehavior = "NO_MATCH") => ({
    IPSetReferenceStatement: {
      ARN,
      IPSetForwardedIPConfig: {
        HeaderName: "X-Forwarded-For",
        Position: Position as never,
        FallbackBehavior: FallbackBehavior as never,
      },
    },
  });
  const headers = [["X-Forwarded-For", "10.1.1.1, 127.0.0.0, 10.10.10.10"]] as const;

  test.each([
    ["set", "FIRST", true],
    ["last", "FIRST", false],
    ["last", "LAST", true],
    ["set", "LAST", false],
    ["middle", "ANY", true],
    ["middle", "FIRST", false],
  ])("%s at %s", (arn, position, expected) => {
    expect(blocks(forwarded(arn, position), { headers }, { references })).toBe(expected);
  });

  test.each([
    ["MATCH", true],
    ["NO_MATCH", false],
  ])("with no valid address in the position, %s", (fallback, expected) => {
    const malformed = [["x-forwarded-for", "unknown, 10.9.9.9"]] as const;
    expect(blocks(forwarded("set", "FIRST", fallback), { headers: malformed }, { references })).toBe(expected);
  });

  test("if the specified header isn't present, AWS WAF doesn't apply the rule at all", () => {
    expect(blocks(forwarded("set", "FIRST", "MATCH"), { headers: [] }, { references })).toBe(false);
  });
});

describe(`${API}/API_ForwardedIPConfig.html`, () => {
  const geo = (fallback: string) => ({
    GeoMatchStatement: {
      CountryCodes: ["KP" as const],
      ForwardedIPConfig: { HeaderName: "X-Forwarded-For", FallbackBehavior: fallback as never },
    },
  });
  test("AWS WAF only evaluates the first IP address found in the specified HTTP header", () => {
    expect(blocks(geo("NO_MATCH"), { headers: [["X-Forwarded-For", "203.0.113.5, 192.0.2.1"]] })).toBe(true);
    expect(blocks(geo("NO_MATCH"), { headers: [["X-Forwarded-For", "192.0.2.1, 203.0.113.5"]] })).toBe(false);
  });
  test("the fallback is for an address that is not valid, and nothing is done without the header", () => {
    expect(blocks(geo("MATCH"), { headers: [["X-Forwarded-For", "nobody"]] })).toBe(true);
    expect(blocks(geo("NO_MATCH"), { headers: [["X-Forwarded-For", "nobody"]] })).toBe(false);
    expect(blocks(geo("MATCH"), { headers: [] })).toBe(false);
  });
});

describe(`${GUIDE}/waf-rule-label-match-examples.html`, () => {
  const labelled = (added: string, Key: string, Scope = "LABEL") =>
    compile([
      rule("label", contains("", { UriPath: {} }), { Count: {} }, { RuleLabels: [{ Name: added }] }),
      rule("match_rule", { LabelMatchStatement: { Scope: Scope as never, Key } }),
    ]).evaluate(request());

  test.each([
    ["header:encoding:utf8", "BLOCK"],
    ["testNS1:testNS2:header:encoding:utf8", "BLOCK"],
    ["header:encoding2:utf8", "ALLOW"],
  ])("LABEL header:encoding:utf8 and awswaf:111122223333:webacl:testWebACL:%s", (added, action) => {
    const verdict = labelled(added, "header:encoding:utf8");
    expect(verdict.action).toBe(action);
    expect(verdict.labels).toEqual([`awswaf:111122223333:webacl:testWebACL:${added}`]);
  });

  test("a label of another context needs its prefix", () => {
    const group = {
      Name: "productionRules",
      Id: "g",
      Capacity: 10,
      ARN: "arn:aws:wafv2:us-east-1:111122223333:regional/rulegroup/productionRules/g",
      VisibilityConfig: undefined,
      Rules: [
        rule("inner", contains("", { UriPath: {} }), { Count: {} }, { RuleLabels: [{ Name: "header:encoding:utf8" }] }),
      ],
    };
    const acl = (Key: string) =>
      compile(
        [
          rule("group", { RuleGroupReferenceStatement: { ARN: group.ARN } }, undefined, {
            OverrideAction: { None: {} },
          }),
          rule("match_rule", { LabelMatchStatement: { Scope: "LABEL", Key } }),
        ],
        { references: { ruleGroups: new Map([[group.ARN, group]]) } },
      ).evaluate(request());
    expect(acl("header:encoding:utf8").action).toBe("ALLOW");
    const prefixed = acl("awswaf:111122223333:rulegroup:productionRules:header:encoding:utf8");
    expect(prefixed).toMatchObject({ action: "BLOCK", rule: "match_rule" });
  });

  test.each([
    ["testNS1:testNS2:x", "testNS1:testNS2:", "BLOCK"],
    ["other:testNS2:x", "testNS2", "BLOCK"],
    ["testNS2", "testNS2:", "ALLOW"],
    ["ns:x", "awswaf:111122223333:webacl:testWebACL:ns:", "BLOCK"],
    ["ns:x", "awswaf:111122223333:webacl:otherACL:", "ALLOW"],
  ])("%s and the namespace %s", (added, key, action) => {
    expect(labelled(added, key, "NAMESPACE").action).toBe(action);
  });
});

describe(`${GUIDE}/waf-rule-statement-type-rate-based-aggregation-instances.html`, () => {
  // "IP address 10.1.1.1 POST · 10.1.1.1 GET · 127.0.0.0 POST · 10.1.1.1 GET"
  const requests = [
    ["10.1.1.1", "POST"],
    ["10.1.1.1", "GET"],
    ["127.0.0.0", "POST"],
    ["10.1.1.1", "GET"],
  ] as const;
  test.each([
    ["the IP address", ([ip]: readonly [string, string]) => ip, { "10.1.1.1": 3, "127.0.0.0": 1 }],
    ["HTTP method", ([, method]: readonly [string, string]) => method, { POST: 2, GET: 2 }],
    [
      "both",
      (pair: readonly [string, string]) => pair.join(" "),
      { "10.1.1.1 POST": 1, "10.1.1.1 GET": 2, "127.0.0.0 POST": 1 },
    ],
    ["none: count all", () => "all", { all: 4 }],
  ])("counts by %s", (_name, key, counts) => {
    const counter = new RateCounter(60);
    const seen: Record<string, number> = {};
    for (const one of requests) seen[key(one)] = counter.count(key(one), 0);
    expect(seen).toEqual(counts);
  });
});

describe(`${GUIDE}/waf-rate-based-example-limit-login-page.html`, () => {
  const login = (more: object) =>
    compile([
      rule("test-rbr", {
        RateBasedStatement: {
          Limit: 1000,
          EvaluationWindowSec: 300,
          ScopeDownStatement: contains("/login", { UriPath: {} }, "STARTS_WITH"),
          ...more,
        } as never,
      }),
    ]);

  test("all requests for the login page are one instance, and the rest of the site is not limited", () => {
    const acl = login({ AggregateKeyType: "CONSTANT" });
    for (let i = 0; i < 1000; i++) {
      expect(acl.evaluate(request({ path: "/login", clientIp: `10.0.${i >> 8}.${i & 255}` })).action).toBe("ALLOW");
    }
    expect(acl.evaluate(request({ path: "/login/x" }))).toMatchObject({
      action: "BLOCK",
      rule: "test-rbr",
      ruleType: "RATE_BASED",
    });
    expect(acl.evaluate(request({ path: "/" })).action).toBe("ALLOW");
  });

  test("waf-rate-based-example-limit-login-page-keys.html: each pair of address and user agent is an instance", () => {
    const acl = login({
      Limit: 100,
      AggregateKeyType: "CUSTOM_KEYS",
      CustomKeys: [{ Header: { Name: "User-Agent", TextTransformations: transformations() } }, { IP: {} }],
    });
    const from = (agent: string, clientIp: string) =>
      acl.evaluate(request({ path: "/login", clientIp, headers: [["user-agent", agent]] }));
    for (let i = 0; i < 100; i++) expect(from("a", "10.0.0.1").action).toBe("ALLOW");
    expect(from("a", "10.0.0.1").rateExcesses).toEqual([
      {
        rateBasedRuleName: "test-rbr",
        limitKey: "CUSTOMKEYS",
        maxRateAllowed: 100,
        evaluationWindowSec: "300",
        customValues: [
          { key: "HEADER", name: "User-Agent", value: "a" },
          { key: "IP", value: "10.0.0.1" },
        ],
      },
    ]);
    expect(from("b", "10.0.0.1").action).toBe("ALLOW");
    expect(from("a", "10.0.0.2").action).toBe("ALLOW");
    // "Web requests that are missing any of the components are omitted" (API_RateBasedStatementCustomKey.html).
    for (let i = 0; i < 200; i++) expect(acl.evaluate(request({ path: "/login", headers: [] })).action).toBe("ALLOW");
  });
});

describe(`${GUIDE}/logging-examples.html`, () => {
  test("rate-based rule 1, one key Header:dogname: the log has the key's value", () => {
    const acl = compile([
      rule("RateBasedRule", {
        RateBasedStatement: {
          Limit: 100,
          EvaluationWindowSec: 120,
          AggregateKeyType: "CUSTOM_KEYS",
          CustomKeys: [{ Header: { Name: "dogname", TextTransformations: transformations() } }],
        },
      }),
    ]);
    let verdict = acl.evaluate(request({ headers: [["dogname", "ella"]] }));
    for (let i = 0; i < 100; i++) verdict = acl.evaluate(request({ headers: [["dogname", "ella"]] }));
    expect(verdict).toMatchObject({
      action: "BLOCK",
      rule: "RateBasedRule",
      ruleType: "RATE_BASED",
      details: [],
      rateExcesses: [
        {
          rateBasedRuleName: "RateBasedRule",
          limitKey: "CUSTOMKEYS",
          maxRateAllowed: 100,
          evaluationWindowSec: "120",
          customValues: [{ key: "HEADER", name: "dogname", value: "ella" }],
        },
      ],
    });
  });
});
