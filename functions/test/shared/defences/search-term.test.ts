import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { searchPattern } from "../../../src/shared/defences/search-term.ts";
import { Refusal } from "../../../src/shared/refusal.ts";
import { refusalOf } from "../../support/refusals.ts";

describe("searchPattern", () => {
  test.each([
    ["mug", "%mug%"],
    ["Tasse für Tee, 2 & 3", "%Tasse für Tee, 2 & 3%"],
    ["100%", "%100!%%"],
    ["a_b", "%a!_b%"],
    ["x".repeat(64), `%${"x".repeat(64)}%`],
  ])("makes of %s a pattern", (term, pattern) => {
    expect(searchPattern(term)).toBe(pattern);
  });

  test.each([
    undefined,
    "",
    "x".repeat(65),
    "' OR '1'='1",
    "-' UNION SELECT 0,email,api_secret,0 FROM partners -- ",
    "-'; UPDATE products SET price_cents=1 -- ",
    "mug\\",
    'mug"',
    "mug!",
    "mug/**/",
    "mug\n",
    "mug\u0000",
    "ʼ OR 1=1",
  ])("refuses %j", (term) => {
    expect(refusalOf(() => searchPattern(term))).toEqual({
      defence: "search-term",
      status: 400,
      detail: "q must be 1 to 64 letters, digits, spaces and the characters . , & + % _ -",
    });
  });

  test("a pattern never holds what ends a text of SQL, and no wildcard but its own first and last", () => {
    const term = fc.string({ unit: fc.constantFrom(..."aZ9 .,&+%_-'\"\\;!()=/*#\n\u0000é"), maxLength: 70 });
    fc.assert(
      fc.property(term, (text) => {
        try {
          const pattern = searchPattern(text);
          expect(pattern).not.toMatch(/['"\\;()=/*#\n\0]/);
          expect(pattern.slice(1, -1).replace(/!./g, "")).not.toMatch(/[%_]/);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});
