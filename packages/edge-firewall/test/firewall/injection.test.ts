import { describe, expect, test } from "vitest";
import { firewallSettings } from "../../src/firewall/settings.ts";
import type { Statement } from "../../src/firewall/statements.ts";
import { RequestComponent, SqlInjectionSensitivity, TextTransformation } from "../../src/index.ts";
import { REASON, ruleOf, sentenceOf } from "../fixtures.ts";

const types = (...list: string[]) => list.map((type, priority) => ({ priority, type }));
const parts = (statement: Statement) => statement.orStatement?.statements ?? [];
const EXCLUDED = [
  "accept",
  "accept-encoding",
  "accept-language",
  "authorization",
  "content-type",
  "cookie",
  "if-match",
  "if-none-match",
  "sec-ch-ua",
  "sec-ch-ua-full-version-list",
  "sec-ch-ua-platform",
];
const FIELDS = [
  { allQueryArguments: {} },
  {
    jsonBody: {
      matchPattern: { all: {} },
      matchScope: "ALL",
      invalidFallbackBehavior: "EVALUATE_AS_STRING",
      oversizeHandling: "MATCH",
    },
  },
  { headers: [{ matchPattern: { excludedHeaders: EXCLUDED }, matchScope: "VALUE", oversizeHandling: "MATCH" }] },
  { cookies: { matchPatterns: [{ all: {} }], matchScope: "ALL", oversizeHandling: "MATCH" } },
  { uriPath: {} },
];

describe("the rule against SQL injection", () => {
  const sql = types("URL_DECODE_UNI", "HTML_ENTITY_DECODE", "URL_DECODE", "COMPRESS_WHITE_SPACE");
  const sqlBody = types("URL_DECODE_UNI", "HTML_ENTITY_DECODE", "URL_DECODE", "JS_DECODE", "COMPRESS_WHITE_SPACE");

  test("looks at every component by default, and blocks what AWS WAF cannot inspect", () => {
    const { statement, action } = ruleOf({}, "sql-injection");
    expect(parts(statement)).toEqual(
      FIELDS.map((fieldToMatch) => ({
        sqliMatchStatement: {
          sensitivityLevel: "LOW",
          fieldToMatch,
          textTransformations: "jsonBody" in fieldToMatch ? sqlBody : sql,
        },
      })),
    );
    expect(action?.block?.customResponse).toMatchObject({ responseCode: 403, customResponseBodyKey: "forbidden" });
  });

  test("takes other components, transformations and sensitivity", () => {
    const sqlInjection = {
      sensitivity: SqlInjectionSensitivity.High,
      components: [RequestComponent.Body],
      textTransformations: [TextTransformation.SqlHexDecode],
    };
    expect(ruleOf({ sqlInjection }, "sql-injection").statement).toEqual({
      sqliMatchStatement: {
        sensitivityLevel: "HIGH",
        fieldToMatch: { body: { oversizeHandling: "MATCH" } },
        textTransformations: types("SQL_HEX_DECODE"),
      },
    });
  });

  test("inspects all headers where none is excluded", () => {
    const sqlInjection = { components: [RequestComponent.Headers], excludedHeaders: [] };
    expect(ruleOf({ sqlInjection }, "sql-injection").statement.sqliMatchStatement?.fieldToMatch).toEqual({
      headers: [{ matchPattern: { all: {} }, matchScope: "VALUE", oversizeHandling: "MATCH" }],
    });
  });
});

describe("the rule against cross-site scripting", () => {
  test("looks at every component by default", () => {
    const { statement } = ruleOf({}, "cross-site-scripting");
    expect(parts(statement)).toEqual(
      FIELDS.map((fieldToMatch) => ({
        xssMatchStatement: {
          fieldToMatch,
          textTransformations: types(
            "URL_DECODE_UNI",
            "HTML_ENTITY_DECODE",
            "URL_DECODE",
            ...("jsonBody" in fieldToMatch ? ["JS_DECODE"] : []),
          ),
        },
      })),
    );
  });

  test("leaves the bodies of a route out for a reason, and only their bodies", () => {
    const crossSiteScripting = {
      components: [RequestComponent.JsonBody, RequestComponent.UriPath],
      bodyExceptions: [{ path: "/orders/import", reason: REASON }],
    };
    const [body, path] = parts(ruleOf({ crossSiteScripting }, "cross-site-scripting").statement);
    expect(body?.andStatement?.statements).toHaveLength(2);
    expect(body?.andStatement?.statements[0]).toEqual({
      notStatement: {
        statement: {
          regexMatchStatement: {
            regexString: "^(?:/[A-Za-z0-9_-]+)?/orders/import/*$",
            fieldToMatch: { uriPath: {} },
            // Nothing is decoded: an encoded path has no exception.
            textTransformations: types("NONE"),
          },
        },
      },
    });
    expect(body?.andStatement?.statements[1]).toHaveProperty("xssMatchStatement.fieldToMatch.jsonBody");
    expect(path).toHaveProperty("xssMatchStatement.fieldToMatch.uriPath");
    expect(firewallSettings("edge", { crossSiteScripting }).lowered).toEqual([
      { floor: "firewall-body-cross-site-scripting-0", reason: REASON },
    ]);
  });
});

describe("an injection rule is refused with", () => {
  test.each([
    [
      "no components",
      { components: [] },
      "sqlInjection.components is a list of 0; allowed: a literal list of 1 to 8; to fix it, give sqlInjection.components as many",
    ],
    [
      "a single header as a component",
      { components: [RequestComponent.Header] },
      'sqlInjection.components[0] is "SINGLE_HEADER"; allowed: QUERY_STRING, ALL_QUERY_ARGUMENTS, URI_PATH, BODY, JSON_BODY, ' +
        "HEADERS, COOKIES, METHOD; to fix it, set sqlInjection.components[0] to one of them",
    ],
    [
      "eleven transformations",
      { textTransformations: Array.from({ length: 11 }, () => TextTransformation.Lowercase) },
      "sqlInjection.textTransformations is a list of 11; allowed: a literal list of 0 to 10; to fix it, give " +
        "sqlInjection.textTransformations as many",
    ],
    [
      "a header's name that is none",
      { excludedHeaders: ["a b"] },
      'sqlInjection.excludedHeaders[0] is "a b"; allowed: the name of a header; to fix it, set sqlInjection.excludedHeaders[0] to one',
    ],
    [
      "an exception without a reason",
      { bodyExceptions: [{ path: "/orders", reason: "xml" }] },
      'sqlInjection.bodyExceptions[0].reason is "xml"; allowed: a written reason of at least 10 characters; to fix it, say why the ' +
        "floor is lowered here; it becomes a tag that the policy pack reports",
    ],
    [
      "an exception of everything",
      { bodyExceptions: [{ path: "/", reason: REASON }] },
      'sqlInjection.bodyExceptions[0].path is "/"; allowed: a path of the API, for example /session; to fix it, set ' +
        "sqlInjection.bodyExceptions[0].path to one",
    ],
  ])("%s", (_what, sqlInjection, sentence) => {
    expect(sentenceOf({ sqlInjection })).toBe(`EdgeFirewall "edge": ${sentence}`);
  });

  test("a transformation or a sensitivity that AWS WAF does not have", () => {
    expect(sentenceOf({ sqlInjection: { sensitivity: "MEDIUM" as never } })).toBe(
      'EdgeFirewall "edge": sqlInjection.sensitivity is "MEDIUM"; allowed: LOW, HIGH; to fix it, set sqlInjection.sensitivity to ' +
        "one of them",
    );
    expect(sentenceOf({ crossSiteScripting: { textTransformations: ["MD5" as never] } })).toContain(
      'crossSiteScripting.textTransformations[0] is "MD5"; allowed: NONE, URL_DECODE, URL_DECODE_UNI, ',
    );
  });
});
