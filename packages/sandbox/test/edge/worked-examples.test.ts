/**
 * More worked examples of AWS's documentation, one a row: where it is, what it says, the request, and what must come of it.
 * `documented.test.ts` holds those of single statements; the quotes were read in copies of the pages that a search gave.
 */
import type { Rule, Statement } from "@aws-sdk/client-wafv2";
import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/edge/web-acl.ts";
import { compile, contains, request, rule, transformations } from "./support.ts";

type Sent = Parameters<typeof request>[0];

interface Example {
  /** Below docs.aws.amazon.com/waf/latest/. */
  page: string;
  quote: string;
  rules: Rule[];
  /** Requests, in their order; the last one is judged. */
  sent: Sent[];
  expected: Partial<Verdict>;
}

const count = { Count: {} };
const geo = (...CountryCodes: string[]): Statement => ({ GeoMatchStatement: { CountryCodes: CountryCodes as never } });
const label = (Key: string): Statement => ({ LabelMatchStatement: { Scope: "LABEL", Key } });
const labelled = (...names: string[]) => ({ RuleLabels: names.map((Name) => ({ Name })) });
const json = (MatchScope: "ALL" | "KEY" | "VALUE"): Statement =>
  contains("attack", { JsonBody: { MatchPattern: { All: {} }, MatchScope, OversizeHandling: "MATCH" } }, "EXACTLY");
const header = (value: string) => ({ CustomRequestHandling: { InsertHeaders: [{ Name: "sample", Value: value }] } });
const times = (howMany: number, sent: Sent): Sent[] => Array.from({ length: howMany }, () => sent);
/** In the table of test addresses: KP and US. */
const NORTH_KOREA = "203.0.113.5";
const UNITED_STATES = "127.0.0.1";

const sqliExcludeFalsePositives = [
  rule("SQLiExcludeFalsePositives", {
    AndStatement: {
      Statements: [
        {
          NotStatement: {
            Statement: contains("string identifying a false positive", { Body: { OversizeHandling: "MATCH" } }),
          },
        },
        {
          SqliMatchStatement: {
            FieldToMatch: { Body: { OversizeHandling: "MATCH" } },
            TextTransformations: transformations(),
          },
        },
      ],
    },
  }),
];
const countryOrQuery = (country: Statement) => [
  rule("either", { OrStatement: { Statements: [country, contains("blocked", { QueryString: {} })] } }),
];
const limitLabel = [
  rule("AWSManagedIPDDoSList", contains("1", { SingleHeader: { Name: "x-ddos" } }), count, labelled("ddos:ip")),
  rule("limit", {
    RateBasedStatement: {
      Limit: 10,
      EvaluationWindowSec: 120,
      AggregateKeyType: "IP",
      ScopeDownStatement: label("ddos:ip"),
    },
  }),
];
const limitBots = [
  rule("axios", contains("axios", { SingleHeader: { Name: "user-agent" } }), count, labelled("bot:name:axios")),
  rule("curl", contains("curl", { SingleHeader: { Name: "user-agent" } }), count, labelled("bot:name:curl")),
  rule("limit", {
    RateBasedStatement: {
      Limit: 1000,
      EvaluationWindowSec: 120,
      AggregateKeyType: "CUSTOM_KEYS",
      CustomKeys: [{ LabelNamespace: { Namespace: "awswaf:111122223333:webacl:testWebACL:bot:name:" } }],
    },
  }),
];
const fromAxios: Sent = { headers: [["user-agent", "axios/1"]] };
const fromCurl: Sent = { headers: [["user-agent", "curl/8"]] };
const mimicked = [
  rule(
    "CustomHeader",
    contains(
      "x-amzn-waf-",
      { Headers: { MatchPattern: { All: {} }, MatchScope: "KEY", OversizeHandling: "MATCH" } },
      "STARTS_WITH",
      "LOWERCASE",
    ),
  ),
];

const EXAMPLES: Example[] = [
  {
    page: "developerguide/waf-rule-statement-type-and.html",
    quote:
      "matches for requests that do not match the byte match statement and that do match the SQL injection attack statement",
    rules: sqliExcludeFalsePositives,
    sent: [{ body: "1' OR '1'='1" }],
    expected: { action: "BLOCK", rule: "SQLiExcludeFalsePositives" },
  },
  {
    page: "developerguide/waf-rule-statement-type-and.html",
    quote: "to eliminate false positives from the matches for an SQL injection attack statement",
    rules: sqliExcludeFalsePositives,
    sent: [{ body: "1' OR '1'='1 string identifying a false positive" }],
    expected: { action: "ALLOW" },
  },
  {
    page: "developerguide/waf-rule-statement-type-or.html",
    quote: "requests that come from a specific country or that contain a specific query string",
    rules: countryOrQuery(geo("KP")),
    sent: [{ clientIp: NORTH_KOREA }],
    expected: { action: "BLOCK" },
  },
  {
    page: "developerguide/waf-rule-statement-type-or.html",
    quote: "requests that come from a specific country or that contain a specific query string",
    rules: countryOrQuery(geo("KP")),
    sent: [{ clientIp: UNITED_STATES, query: "q=blocked" }],
    expected: { action: "BLOCK" },
  },
  {
    page: "developerguide/waf-rule-statement-type-or.html",
    quote: "requests that come from a specific country or that contain a specific query string",
    rules: countryOrQuery(geo("KP")),
    sent: [{ clientIp: UNITED_STATES, query: "q=other" }],
    expected: { action: "ALLOW" },
  },
  {
    page: "developerguide/waf-rule-statement-type-or.html",
    quote: "nest the geo match statement one level lower, inside a NOT statement",
    rules: countryOrQuery({ NotStatement: { Statement: geo("US") } }),
    sent: [{ clientIp: NORTH_KOREA, query: "q=other" }],
    expected: { action: "BLOCK" },
  },
  {
    page: "developerguide/waf-rule-statement-type-or.html",
    quote: "nest the geo match statement one level lower, inside a NOT statement",
    rules: countryOrQuery({ NotStatement: { Statement: geo("US") } }),
    sent: [{ clientIp: UNITED_STATES, query: "q=other" }],
    expected: { action: "ALLOW" },
  },
  {
    page: "developerguide/waf-rule-statement-type-geo-match.html",
    quote: "It adds these labels regardless of whether the statement criteria is a match for the request",
    rules: [rule("geo", geo("KP"), count), rule("country", label("awswaf:clientip:geo:country:US"))],
    sent: [{ clientIp: UNITED_STATES }],
    expected: { action: "BLOCK", rule: "country", labels: ["awswaf:clientip:geo:country:US"] },
  },
  {
    page: "APIReference/API_GeoMatchStatement.html",
    quote: "awswaf:forwardedip:geo:country:<ISO country code>",
    rules: [
      rule("geo", {
        GeoMatchStatement: {
          CountryCodes: ["KP"],
          ForwardedIPConfig: { HeaderName: "X-Forwarded-For", FallbackBehavior: "NO_MATCH" },
        },
      }),
    ],
    sent: [{ clientIp: UNITED_STATES, headers: [["X-Forwarded-For", NORTH_KOREA]] }],
    expected: { action: "BLOCK", labels: ["awswaf:forwardedip:geo:country:KP"] },
  },
  {
    page: "developerguide/waf-rate-based-example-limit-labels.html",
    quote: "a combination of label matching in the rule's scope-down statement and label aggregation",
    rules: limitLabel,
    sent: times(11, { headers: [["x-ddos", "1"]] }),
    expected: { action: "BLOCK", rule: "limit", ruleType: "RATE_BASED" },
  },
  {
    page: "developerguide/waf-rate-based-example-limit-labels.html",
    quote: "configure them so that they don't block or allow the requests that you want to rate limit",
    rules: limitLabel,
    sent: [...times(11, { headers: [["x-ddos", "1"]] }), { headers: [["x-ddos", "0"]] }],
    expected: { action: "ALLOW", counted: [] },
  },
  {
    page: "developerguide/waf-rate-based-example-limit-label-aggregation.html",
    quote: "limits requests for any single bot aggregation instance to 1,000 in a two minute period",
    rules: limitBots,
    sent: times(1001, fromAxios),
    expected: { action: "BLOCK", rule: "limit" },
  },
  {
    page: "developerguide/waf-rate-based-example-limit-label-aggregation.html",
    quote: "Each unique label with the specified namespace will define an aggregation instance",
    rules: limitBots,
    sent: [...times(1001, fromAxios), fromCurl],
    expected: { action: "ALLOW" },
  },
  {
    page: "developerguide/customizing-the-incoming-request.html",
    quote: "if you specify the header name sample, AWS WAF inserts the header x-amzn-waf-sample",
    rules: [rule("count", contains("", { UriPath: {} }), { Count: header("1") })],
    sent: [{}],
    expected: { action: "ALLOW", insertedHeaders: [["x-amzn-waf-sample", "1"]] },
  },
  {
    page: "developerguide/customizing-the-incoming-request.html",
    quote:
      "the last rule to inspect the request and find a match would have its header added, and any previous rules would not",
    rules: [
      rule("first", contains("", { UriPath: {} }), { Count: header("1") }),
      rule("second", contains("", { UriPath: {} }), { Count: header("2") }),
    ],
    sent: [{}],
    expected: { insertedHeaders: [["x-amzn-waf-sample", "2"]] },
  },
  {
    page: "developerguide/customizing-the-incoming-request.html",
    // Read in a translation of the page.
    quote: "a string match rule that blocks requests whose headers begin with x-amzn-waf- already",
    rules: mimicked,
    sent: [{ headers: [["X-Amzn-Waf-Sample", "mimicked"]] }],
    expected: { action: "BLOCK", rule: "CustomHeader" },
  },
  {
    page: "APIReference/API_JsonBody.html",
    quote: "It requires a match to be found in the keys or the values or both",
    rules: [rule("json", json("ALL"))],
    sent: [{ body: '{"a":"attack"}' }],
    expected: { action: "BLOCK" },
  },
  {
    page: "APIReference/API_JsonBody.html",
    quote:
      "use a logical AND statement to combine two match rules, one that inspects the keys and another that inspects the values",
    rules: [rule("both", { AndStatement: { Statements: [json("KEY"), json("VALUE")] } })],
    sent: [{ body: '{"a":"attack"}' }],
    expected: { action: "ALLOW" },
  },
  {
    page: "APIReference/API_JsonBody.html",
    quote:
      "use a logical AND statement to combine two match rules, one that inspects the keys and another that inspects the values",
    rules: [rule("both", { AndStatement: { Statements: [json("KEY"), json("VALUE")] } })],
    sent: [{ body: '{"attack":"attack"}' }],
    expected: { action: "BLOCK" },
  },
  {
    page: "APIReference/API_TextTransformation.html",
    quote:
      "AWS WAF processes all transformations, from lowest priority to highest, before inspecting the transformed content",
    rules: [
      rule("order", {
        ByteMatchStatement: {
          SearchString: new Uint8Array(Buffer.from("<")),
          PositionalConstraint: "EXACTLY",
          FieldToMatch: { QueryString: {} },
          // The priorities "don't need to be consecutive, but they must all be different"; here they are not the list's order.
          TextTransformations: [
            { Priority: 7, Type: "HTML_ENTITY_DECODE" },
            { Priority: 3, Type: "URL_DECODE" },
          ],
        },
      }),
    ],
    sent: [{ query: "%26lt%3b" }],
    expected: { action: "BLOCK" },
  },
  {
    page: "developerguide/waf-rate-based-example-limit-labels.html",
    quote: "AWS WAF evaluates rules in numeric order, starting from the lowest",
    rules: [
      rule("blocks", contains("", { UriPath: {} }), { Block: {} }, { Priority: 20 }),
      rule("allows", contains("", { UriPath: {} }), { Allow: {} }, { Priority: 10 }),
    ],
    sent: [{}],
    expected: { action: "ALLOW", rule: "allows" },
  },
  {
    page: "developerguide/customizing-the-incoming-request.html",
    quote: "the Count action doesn't stop AWS WAF from processing the web request using the remaining rules",
    rules: [rule("counts", contains("", { UriPath: {} }), count), rule("blocks", contains("", { UriPath: {} }))],
    sent: [{}],
    expected: {
      action: "BLOCK",
      rule: "blocks",
      counted: [{ ruleId: "counts", action: "COUNT", ruleMatchDetails: [] }],
    },
  },
];

describe.each(EXAMPLES)("docs.aws.amazon.com/waf/latest/$page", ({ quote, rules, sent, expected }) => {
  test(`"${quote}"`, () => {
    const acl = compile(rules);
    let verdict: Verdict | undefined;
    for (const one of sent) verdict = acl.evaluate(request(one));
    expect(verdict).toMatchObject(expected);
  });
});
