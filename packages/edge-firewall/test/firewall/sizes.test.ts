import { describe, expect, test } from "vitest";
import type { SizeLimitArgs } from "../../src/index.ts";
import { ruleOf, sentenceOf } from "../fixtures.ts";

const sizes = (sizeLimits?: SizeLimitArgs, bodyInspectionKilobytes?: number) =>
  ruleOf({ sizeLimits, bodyInspectionKilobytes }, "size-limits").statement.orStatement?.statements.map(
    ({ sizeConstraintStatement }) => [sizeConstraintStatement?.fieldToMatch, sizeConstraintStatement?.size],
  );
const BODY = { body: { oversizeHandling: "MATCH" } };
const HEADERS = { headers: [{ matchPattern: { all: {} }, matchScope: "VALUE", oversizeHandling: "MATCH" }] };
const COOKIES = { cookies: { matchPatterns: [{ all: {} }], matchScope: "ALL", oversizeHandling: "MATCH" } };

describe("the rule of sizes", () => {
  test("blocks what is longer than it should be, and all that AWS WAF cannot inspect whole", () => {
    expect(sizes()).toEqual([
      [BODY, 16384],
      [{ queryString: {} }, 2048],
      [{ uriPath: {} }, 1024],
      [{ singleHeader: { name: "cookie" } }, 4096],
      [HEADERS, 8192],
      [COOKIES, 8192],
    ]);
    const statements = ruleOf({}, "size-limits").statement.orStatement?.statements;
    for (const statement of statements ?? []) {
      expect(statement.sizeConstraintStatement).toMatchObject({
        comparisonOperator: "GT",
        textTransformations: [{ priority: 0, type: "NONE" }],
      });
    }
  });

  test.each([16, 32, 48, 64])("allows a body of %i KB where as much is inspected, and no more", (kilobytes) => {
    expect(sizes({}, kilobytes)?.[0]).toEqual([BODY, kilobytes * 1024]);
    expect(sentenceOf({ bodyInspectionKilobytes: kilobytes, sizeLimits: { bodyBytes: kilobytes * 1024 + 1 } })).toBe(
      `EdgeFirewall "edge": sizeLimits.bodyBytes is ${kilobytes * 1024 + 1}; allowed: a whole number from 0 to ` +
        `${kilobytes * 1024}; to fix it, set sizeLimits.bodyBytes to one`,
    );
  });

  test("takes other limits", () => {
    const limits = { bodyBytes: 0, queryStringBytes: 1, uriPathBytes: 2, cookieBytes: 3 };
    expect(sizes(limits)?.map(([, size]) => size)).toEqual([0, 1, 2, 3, 8192, 8192]);
  });

  test.each([
    ["sizeLimits.queryStringBytes", { queryStringBytes: 8193 }, "from 0 to 8192"],
    ["sizeLimits.uriPathBytes", { uriPathBytes: 0 }, "from 1 to 8192"],
    ["sizeLimits.cookieBytes", { cookieBytes: -1 }, "from 0 to 8192"],
  ])("refuses %s out of range", (property, sizeLimits, range) => {
    const [value] = Object.values(sizeLimits);
    expect(sentenceOf({ sizeLimits })).toBe(
      `EdgeFirewall "edge": ${property} is ${value}; allowed: a whole number ${range}; to fix it, set ${property} to one`,
    );
  });

  test("has no inspection limit but AWS's", () => {
    expect(sentenceOf({ bodyInspectionKilobytes: 8 })).toBe(
      'EdgeFirewall "edge": bodyInspectionKilobytes is 8; allowed: 16, 32, 48, 64; to fix it, set bodyInspectionKilobytes to one of ' +
        "them",
    );
  });
});
