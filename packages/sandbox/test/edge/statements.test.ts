import type { FieldToMatch, Statement } from "@aws-sdk/client-wafv2";
import { describe, expect, test } from "vitest";
import { compileComponent } from "../../src/edge/components.ts";
import { blocks, compile, contains, request, rule, transformations } from "./support.ts";

const PATH: FieldToMatch = { UriPath: {} };
const yes = contains("", PATH);
const no = contains("nowhere", PATH);

describe("logic", () => {
  test.each<[string, Statement, boolean]>([
    ["and", { AndStatement: { Statements: [yes, yes] } }, true],
    ["and with one that is not", { AndStatement: { Statements: [yes, no] } }, false],
    ["or", { OrStatement: { Statements: [no, yes] } }, true],
    ["or of none", { OrStatement: { Statements: [no, no] } }, false],
    ["not", { NotStatement: { Statement: no } }, true],
    ["not of a match", { NotStatement: { Statement: yes } }, false],
    [
      "nested",
      { NotStatement: { Statement: { AndStatement: { Statements: [yes, { OrStatement: { Statements: [no] } }] } } } },
      true,
    ],
  ])("%s", (_name, statement, expected) => {
    expect(blocks(statement, {})).toBe(expected);
  });
});

describe("string match", () => {
  test.each([
    ["EXACTLY", "/orders", true],
    ["EXACTLY", "/order", false],
    ["STARTS_WITH", "/ord", true],
    ["STARTS_WITH", "ord", false],
    ["ENDS_WITH", "ers", true],
    ["ENDS_WITH", "/o", false],
    ["CONTAINS", "rde", true],
    ["CONTAINS", "RDE", false],
    ["CONTAINS_WORD", "orders", true],
  ])("%s %s", (constraint, text, expected) => {
    expect(blocks(contains(text, PATH, constraint), {})).toBe(expected);
  });

  test("bytes are compared, after the transformations", () => {
    expect(blocks(contains("é", { Body: { OversizeHandling: "CONTINUE" } }), { body: "café" })).toBe(true);
    expect(blocks(contains("é", { QueryString: {} }, "CONTAINS", "URL_DECODE"), { query: "q=caf%C3%A9" })).toBe(true);
  });
});

describe("components", () => {
  const headers = [
    ["Host", "api.example.com"],
    ["X-A", "one"],
    ["x-a", "two"],
    ["Cookie", "id=abc; Theme=dark;; flag"],
    ["cookie", "second=2"],
  ] as const;
  const inHeaders = (text: string, pattern: object, scope = "ALL") =>
    contains(
      text,
      { Headers: { MatchPattern: pattern as never, MatchScope: scope as never, OversizeHandling: "CONTINUE" } },
      "EXACTLY",
    );
  const inCookies = (text: string, pattern: object, scope = "ALL") =>
    contains(
      text,
      { Cookies: { MatchPattern: pattern as never, MatchScope: scope as never, OversizeHandling: "CONTINUE" } },
      "EXACTLY",
    );

  test.each<[string, Statement, boolean]>([
    ["method", contains("GET", { Method: {} }, "EXACTLY"), true],
    ["query string", contains("q=%27&Q=2&q=3&empty", { QueryString: {} }, "EXACTLY"), true],
    [
      "each occurrence of an argument, whatever its case",
      contains("3", { SingleQueryArgument: { Name: "q" } }, "EXACTLY"),
      true,
    ],
    ["its other case", contains("2", { SingleQueryArgument: { Name: "q" } }, "EXACTLY"), true],
    ["an argument without a value", contains("", { SingleQueryArgument: { Name: "empty" } }, "EXACTLY"), true],
    ["each occurrence of a header", contains("two", { SingleHeader: { Name: "X-a" } }, "EXACTLY"), true],
    ["a header's name", inHeaders("X-A", { All: {} }, "KEY"), true],
    ["a header's name is no value", inHeaders("X-A", { All: {} }, "VALUE"), false],
    ["a header's value", inHeaders("one", { All: {} }, "VALUE"), true],
    ["an included header", inHeaders("one", { IncludedHeaders: ["x-a"] }), true],
    ["one that is not included", inHeaders("one", { IncludedHeaders: ["host"] }), false],
    ["an excluded header", inHeaders("one", { ExcludedHeaders: ["x-a"] }), false],
    ["one that is not excluded", inHeaders("one", { ExcludedHeaders: ["host"] }), true],
    ["a cookie", inCookies("abc", { All: {} }, "VALUE"), true],
    ["a cookie of a second header", inCookies("2", { All: {} }, "VALUE"), true],
    ["a cookie's name", inCookies("Theme", { All: {} }, "KEY"), true],
    ["a cookie without a value", inCookies("flag", { All: {} }, "KEY"), true],
    ["an included cookie, in its own case", inCookies("dark", { IncludedCookies: ["theme"] }), false],
    ["an included cookie", inCookies("dark", { IncludedCookies: ["Theme"] }), true],
    ["an excluded cookie", inCookies("dark", { ExcludedCookies: ["Theme"] }), false],
    [
      "the order of the headers",
      contains("host:x-a:x-a:cookie:cookie", { HeaderOrder: { OversizeHandling: "MATCH" } }, "EXACTLY"),
      true,
    ],
  ])("%s", (_name, statement, expected) => {
    expect(blocks(statement, { headers, query: "q=%27&Q=2&q=3&empty" })).toBe(expected);
  });

  test("oversize handling of cookies looks at cookies alone", () => {
    const statement = (handling: string) =>
      contains("x", { Cookies: { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: handling as never } });
    const many = Array.from({ length: 201 }, (_, at) => `c${at}=1`).join(";");
    expect(blocks(statement("MATCH"), { headers: [["Cookie", many]] })).toBe(true);
    expect(blocks(statement("CONTINUE"), { headers: [["Cookie", many]] })).toBe(false);
    expect(blocks(statement("MATCH"), { headers: Array.from({ length: 201 }, () => ["a", "b"] as const) })).toBe(false);
  });

  test("a name that crosses the limit of bytes is cut there", () => {
    const component = compileComponent(
      { Headers: { MatchPattern: { All: {} }, MatchScope: "ALL", OversizeHandling: "CONTINUE" } },
      "x",
    );
    const { inspected } = compile([]).evaluate(
      request({
        headers: [
          ["a", "b".repeat(8186)],
          ["c".repeat(10), "d"],
          ["e", "f"],
        ],
      }),
    );
    expect(component.select(inspected)).toEqual([
      { name: "a", text: "a" },
      { name: "a", text: "b".repeat(8186) },
      { name: "ccccc", text: "ccccc" },
      { name: "ccccc", text: "" },
    ]);
    expect(inspected.headersOversize).toBe(true);
  });
});

describe("regular expressions", () => {
  const regex = (RegexString: string): Statement => ({
    RegexMatchStatement: { RegexString, FieldToMatch: PATH, TextTransformations: transformations() },
  });
  test.each([
    ["^/orders$", "/orders", true],
    ["^/orders$", "/orders/1", false],
    ["(?i)ORDERS", "/orders", true],
    ["ORDERS", "/orders", false],
    ["(?s)a.b", "a\nb", true],
    ["é+", Buffer.from("éé").toString("latin1"), true],
  ])("%s on %j", (pattern, path, expected) => {
    expect(blocks(regex(pattern), { path })).toBe(expected);
  });

  test("a pattern set matches with any of its patterns", () => {
    const statement: Statement = {
      RegexPatternSetReferenceStatement: { ARN: "set", FieldToMatch: PATH, TextTransformations: transformations() },
    };
    const references = { regexPatternSets: new Map([["set", ["^/admin", "^/internal"]]]) };
    expect(blocks(statement, { path: "/internal/x" }, { references })).toBe(true);
    expect(blocks(statement, { path: "/orders" }, { references })).toBe(false);
  });

  test("a pattern that JavaScript does not know is refused", () => {
    expect(() => compile([rule("r", regex("a(?>b)"))])).toThrow(
      /^rule "r", RegexMatchStatement: the sandbox's edge cannot compile the pattern a\(\?>b\): /,
    );
  });
});

describe("injection", () => {
  const sqli = (FieldToMatch: FieldToMatch, ...types: string[]): Statement => ({
    SqliMatchStatement: { FieldToMatch, TextTransformations: transformations(...types), SensitivityLevel: "HIGH" },
  });
  const xss = (FieldToMatch: FieldToMatch, ...types: string[]): Statement => ({
    XssMatchStatement: { FieldToMatch, TextTransformations: transformations(...types) },
  });
  test.each<[string, Statement, Parameters<typeof blocks>[1], boolean]>([
    ["SQL in an argument", sqli({ AllQueryArguments: {} }, "URL_DECODE"), { query: "q=%27%20OR%20%271%27=%271" }, true],
    ["which needs the transformation", sqli({ AllQueryArguments: {} }), { query: "q=%27%20OR%20%271%27=%271" }, false],
    ["a word", sqli({ AllQueryArguments: {} }, "URL_DECODE"), { query: "q=select%20mugs" }, false],
    [
      "SQL in a cookie",
      sqli({ SingleHeader: { Name: "cookie" } }),
      { headers: [["Cookie", "1' UNION SELECT password FROM users--"]] },
      true,
    ],
    ["script in a body", xss({ Body: { OversizeHandling: "MATCH" } }), { body: "<img src=x onerror=alert(1)>" }, true],
    [
      "script with entities",
      xss({ QueryString: {} }, "URL_DECODE", "HTML_ENTITY_DECODE"),
      { query: "q=%26lt;script%26gt;alert(1)" },
      true,
    ],
    ["mark-up that does nothing", xss({ Body: { OversizeHandling: "MATCH" } }), { body: "a < b and b > c" }, false],
  ])("%s", (_name, statement, over, expected) => {
    expect(blocks(statement, over)).toBe(expected);
  });

  test("what was found goes to the log's details", () => {
    const acl = compile([
      rule("count", xss({ AllQueryArguments: {} }), { Count: {} }),
      rule("block", sqli({ JsonBody: { MatchPattern: { All: {} }, MatchScope: "VALUE" } })),
    ]);
    const verdict = acl.evaluate(request({ query: "q=<script>", body: JSON.stringify({ note: "' OR 1=1 --" }) }));
    expect(verdict.details).toEqual([
      {
        conditionType: "SQL_INJECTION",
        sensitivityLevel: "HIGH",
        location: "JSON_BODY",
        matchedData: ["' OR 1=1 --"],
        matchedFieldName: "/note",
      },
    ]);
    expect(verdict.counted).toEqual([
      {
        ruleId: "count",
        action: "COUNT",
        ruleMatchDetails: [
          { conditionType: "XSS", location: "ALL_QUERY_ARGS", matchedData: ["<script>"], matchedFieldName: "q" },
        ],
      },
    ]);
  });
});

describe("addresses and countries", () => {
  const references = { ipSets: new Map([["set", ["192.0.2.0/24", "2001:db8::/32"]]]) };
  const inSet: Statement = { IPSetReferenceStatement: { ARN: "set" } };
  test.each([
    ["192.0.2.255", true],
    ["192.0.3.0", false],
    ["2001:db8:1::1", true],
    ["2001:db9::1", false],
  ])("%s in the set", (clientIp, expected) => {
    expect(blocks(inSet, { clientIp }, { references })).toBe(expected);
  });

  test.each(["192.0.2.1", "192.0.2.0/33", "::/129", "x/8", "1.2.3.4/8/8"])("%s is no range", (range) => {
    expect(() => compile([rule("r", inSet)], { references: { ipSets: new Map([["set", [range]]]) } })).toThrow(
      `"${range}" is no address range; AWS WAF takes CIDR notation, as 192.0.2.0/24 or 2001:db8::/32`,
    );
  });

  test("the country is that of the table of test addresses, and a label says it", () => {
    const geo = compile([rule("geo", { GeoMatchStatement: { CountryCodes: ["KP", "RU"] } })]);
    const from = (clientIp: string) => {
      const { action, country, labels } = geo.evaluate(request({ clientIp }));
      return [action, country, labels[0]];
    };
    expect(from("127.0.4.9")).toEqual(["BLOCK", "KP", "awswaf:clientip:geo:country:KP"]);
    expect(from("127.0.5.9")).toEqual(["BLOCK", "RU", "awswaf:clientip:geo:country:RU"]);
    expect(from("127.0.0.1")).toEqual(["ALLOW", "US", "awswaf:clientip:geo:country:US"]);
    expect(from("8.8.8.8")).toEqual(["ALLOW", undefined, "awswaf:clientip:geo:country:XX"]);
  });

  test("a forwarded address has a label of its own", () => {
    const geo = compile([
      rule("geo", {
        GeoMatchStatement: {
          CountryCodes: ["DE"],
          ForwardedIPConfig: { HeaderName: "X-Forwarded-For", FallbackBehavior: "MATCH" },
        },
      }),
    ]);
    const verdict = geo.evaluate(request({ headers: [["X-Forwarded-For", "198.51.100.1"]] }));
    expect(verdict).toMatchObject({ action: "BLOCK", labels: ["awswaf:forwardedip:geo:country:DE"] });
  });
});

describe("what is not evaluated is refused, with the rule's name", () => {
  test.each<[Statement | undefined, string]>([
    [undefined, 'rule "r": the statement [] is not evaluated by the sandbox\'s edge here'],
    [
      { AsnMatchStatement: { AsnList: [1] } },
      'rule "r": the statement ["AsnMatchStatement"] is not evaluated by the sandbox\'s edge here',
    ],
    [
      { NotStatement: { Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "x" } } } },
      'rule "r": the statement ["ManagedRuleGroupStatement"] is not evaluated by the sandbox\'s edge here',
    ],
    [
      contains("x", { JA3Fingerprint: { FallbackBehavior: "MATCH" } }),
      'rule "r", ByteMatchStatement: the request component ["JA3Fingerprint"] is not evaluated by the sandbox\'s edge; known are Method, ' +
        "UriPath, QueryString, SingleHeader, Headers, HeaderOrder, Cookies, SingleQueryArgument, AllQueryArguments, Body and JsonBody",
    ],
    [
      contains("x", PATH, "NEAR"),
      'rule "r", ByteMatchStatement: PositionalConstraint is "NEAR"; AWS WAF takes EXACTLY, STARTS_WITH, ENDS_WITH, CONTAINS, CONTAINS_WORD',
    ],
    [
      {
        SizeConstraintStatement: {
          ComparisonOperator: "ABOUT" as never,
          Size: 1,
          FieldToMatch: PATH,
          TextTransformations: [],
        },
      },
      'rule "r", SizeConstraintStatement: ComparisonOperator is "ABOUT"; AWS WAF takes EQ, NE, LE, LT, GE, GT',
    ],
    [{ IPSetReferenceStatement: { ARN: "gone" } }, 'rule "r", IPSetReferenceStatement: gone does not exist'],
    [
      { GeoMatchStatement: { CountryCodes: ["DE"], ForwardedIPConfig: { HeaderName: "", FallbackBehavior: "MATCH" } } },
      'rule "r", GeoMatchStatement: ForwardedIPConfig has no HeaderName',
    ],
    [
      { RateBasedStatement: { Limit: 9, AggregateKeyType: "IP" } },
      'rule "r", RateBasedStatement: Limit is 9; AWS WAF takes 10 or more',
    ],
    [
      { RateBasedStatement: { Limit: 10, AggregateKeyType: "IP", EvaluationWindowSec: 90 } },
      'rule "r", RateBasedStatement: EvaluationWindowSec is 90; AWS WAF takes 60, 120, 300, 600',
    ],
    [
      { RateBasedStatement: { Limit: 10, AggregateKeyType: "FORWARDED_IP" } },
      'rule "r", RateBasedStatement: a forwarded address needs ForwardedIPConfig with a HeaderName',
    ],
    [
      { RateBasedStatement: { Limit: 10, AggregateKeyType: "CUSTOM_KEYS", CustomKeys: [{ ASN: {} }] } },
      'rule "r", RateBasedStatement: the aggregation key ["ASN"] is not evaluated by the sandbox\'s edge; known are IP, ForwardedIP, ' +
        "HTTPMethod, LabelNamespace, Header, Cookie, QueryArgument, QueryString and UriPath",
    ],
  ])("%j", (statement, message) => {
    expect(() => compile([rule("r", statement as Statement)])).toThrow(message);
  });
});

test("an answer is the same the second time, also after more texts than are remembered", () => {
  const acl = compile([rule("only", contains("attack", { QueryString: {} }))]);
  const of = (query: string) => acl.evaluate(request({ query })).action;
  for (let round = 0; round < 2; round += 1) {
    expect([of("q=attack"), of("q=mug")]).toEqual(["BLOCK", "ALLOW"]);
    for (let other = 0; other < 600; other += 1) expect(of(`q=${other}`)).toBe("ALLOW");
  }
  expect([of("q=attack"), of(`q=${"x".repeat(300)}attack`), of(`q=${"x".repeat(300)}`)]).toEqual([
    "BLOCK",
    "BLOCK",
    "ALLOW",
  ]);
});
