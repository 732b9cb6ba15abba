import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reviveCart } from "../../../src/shared/defences/cart-revival.ts";
import { Refusal } from "../../../src/shared/refusal.ts";
import { refusalOf } from "../../support/refusals.ts";

const cart = (value: object) => JSON.stringify({ version: 1, lines: [], ...value });
const LINE = { sku: "MUG-1", quantity: 2 };

describe("reviveCart", () => {
  test("revives the data", () => {
    expect(reviveCart(cart({ lines: [LINE] }))).toEqual({ lines: [LINE] });
    expect(reviveCart(cart({}))).toEqual({ lines: [] });
    const most = Array.from({ length: 50 }, (_, index) => ({ sku: "A".repeat(32), quantity: index === 0 ? 1 : 1000 }));
    expect(reviveCart(cart({ lines: most }))).toEqual({ lines: most });
  });

  const FORM = "The saved cart is not the data that this service saves (version, lines).";
  const LINE_FORM = "The saved cart is not the data that this service saves (sku, quantity).";
  test.each([
    ["code of node-serialize", cart({ note: "_$$ND_FUNC$$_function(){ process.exit() }()" }), FORM],
    [
      "code in a line",
      cart({ lines: [{ sku: "_$$ND_FUNC$$_function(){}()", quantity: 1 }] }),
      "A line of the saved cart has no valid sku.",
    ],
    [
      "a prototype",
      '{"version":1,"lines":[],"__proto__":{"discountCents":777}}',
      "A member of a JSON object has the name of a prototype.",
    ],
    ["a discount", cart({ discountCents: 777 }), FORM],
    ["another name of as many", '{"version":1,"items":[]}', FORM],
    ["null", "null", FORM],
    ["a list", "[1,2]", FORM],
    ["a text", '"cart"', FORM],
    ["no JSON", "require('fs')", "The JSON is malformed."],
    ["9 KB", cart({ note: "n".repeat(9000) }), "The JSON is longer than 8192 bytes."],
    ["another version", cart({ version: 2 }), "The saved cart's version must be 1."],
    ["lines that are no list", cart({ lines: {} }), "The saved cart's lines must be a list of at most 50."],
    ["51 lines", cart({ lines: Array(51).fill(LINE) }), "The saved cart's lines must be a list of at most 50."],
    ["a line that is a list", cart({ lines: [["MUG-1", 1]] }), LINE_FORM],
    ["a line with a price", cart({ lines: [{ ...LINE, unitPriceCents: 1 }] }), LINE_FORM],
    [
      "a negative quantity",
      cart({ lines: [{ ...LINE, quantity: -1 }] }),
      "A line of the saved cart has a quantity that is not a whole number from 1 to 1000.",
    ],
    [
      "1001 of a product",
      cart({ lines: [{ ...LINE, quantity: 1001 }] }),
      "A line of the saved cart has a quantity that is not a whole number from 1 to 1000.",
    ],
    [
      "none of a product",
      cart({ lines: [{ ...LINE, quantity: 0 }] }),
      "A line of the saved cart has a quantity that is not a whole number from 1 to 1000.",
    ],
    [
      "half a product",
      cart({ lines: [{ ...LINE, quantity: 1.5 }] }),
      "A line of the saved cart has a quantity that is not a whole number from 1 to 1000.",
    ],
    [
      "a quantity as text",
      cart({ lines: [{ ...LINE, quantity: "1" }] }),
      "A line of the saved cart has a quantity that is not a whole number from 1 to 1000.",
    ],
    ["a sku that is no text", cart({ lines: [{ sku: 7, quantity: 1 }] }), "A line of the saved cart has no valid sku."],
  ])("refuses %s", (_what, text, detail) => {
    expect(refusalOf(() => reviveCart(text))).toEqual({ defence: "cart-revival", status: 422, detail });
  });

  test("reviving a cart never runs code and never changes a prototype, whatever the text", () => {
    const name = fc.constantFrom("version", "lines", "__proto__", "constructor", "prototype", "toJSON", "then");
    const value = fc.oneof(
      fc.constantFrom('"_$$ND_FUNC$$_function(){ globalThis.pwned = 1 }()"', '{"polluted":1}', "1", "[]"),
      fc.json({ maxDepth: 2 }),
    );
    const text = fc.array(fc.tuple(name, value)).map((members) => `{${members.map(([n, v]) => `"${n}":${v}`)}}`);
    fc.assert(
      fc.property(text, (saved) => {
        try {
          expect(Object.keys(reviveCart(saved))).toEqual(["lines"]);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
        expect("polluted" in {}).toBe(false);
        expect("pwned" in globalThis).toBe(false);
      }),
    );
  });
});
