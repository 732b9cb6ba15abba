import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldsOf, parseNewOrder } from "../../../src/shared/defences/order-schema.ts";
import { Refusal } from "../../../src/shared/refusal.ts";
import { refusalOf } from "../../support/refusals.ts";

const LINE = { sku: "MUG-1", quantity: 2 };
const lines = (...values: unknown[]) => ({ lines: values });

test("a placed order begins with what the partner decides, and no discount", () => {
  const asked = { lines: [LINE], id: "mine", companyId: "other", discountCents: 1100 };
  expect(fieldsOf({ ...asked, note: "n" })).toStrictEqual({ lines: [LINE], note: "n", discountCents: 0 });
  expect(fieldsOf(asked)).toStrictEqual({ lines: [LINE], discountCents: 0 });
});

describe("parseNewOrder", () => {
  test.each([
    [{ lines: [LINE] }],
    [{ lines: [LINE, { sku: "A", quantity: 1000 }], note: "two\nlines\tand a 😀" }],
    [{ lines: Array.from({ length: 50 }, () => LINE), note: "😀".repeat(500) }],
    [{ lines: [LINE], note: "" }],
  ])("reads an order", (order) => {
    expect(parseNewOrder(order)).toEqual(order);
  });

  const LIST = "lines must be a list of 1 to 50 order lines.";
  const SKU = "lines[0].sku must be 1 to 32 capital letters, digits and hyphens.";
  const QUANTITY = "lines[1].quantity must be a whole number from 1 to 1000.";
  const NOTE = "note must be text of at most 500 characters without control characters.";
  test.each([
    ["null", null, "The order must be an object."],
    ["a list", [], "The order must be an object."],
    ["a text", "order", "The order must be an object."],
    ["a discount", { lines: [LINE], discountCents: 1100 }, "The order has a field that is not one of: lines, note."],
    ["a price", lines({ ...LINE, unitPriceCents: 1 }), "lines[0] has a field that is not one of: sku, quantity."],
    ["no lines", {}, LIST],
    ["an empty list", { lines: [] }, LIST],
    ["51 lines", { lines: Array.from({ length: 51 }, () => LINE) }, LIST],
    ["lines that are no list", { lines: { length: 1, 0: LINE } }, LIST],
    ["a line that is no object", lines("MUG-1"), "lines[0] must be an object."],
    ["a sku in small letters", lines({ ...LINE, sku: "mug-1" }), SKU],
    ["a sku with a quote", lines({ ...LINE, sku: "A' OR '1" }), SKU],
    ["a sku with a line break at its end", lines({ ...LINE, sku: "MUG-1\n" }), SKU],
    ["a sku of 33", lines({ ...LINE, sku: "A".repeat(33) }), SKU],
    ["a sku that is a number", lines({ ...LINE, sku: 1 }), SKU],
    ["a negative quantity", lines(LINE, { ...LINE, quantity: -5 }), QUANTITY],
    ["no quantity", lines(LINE, { sku: "A" }), QUANTITY],
    ["none of a product", lines(LINE, { ...LINE, quantity: 0 }), QUANTITY],
    ["half a product", lines(LINE, { ...LINE, quantity: 0.5 }), QUANTITY],
    ["1001", lines(LINE, { ...LINE, quantity: 1001 }), QUANTITY],
    ["a quantity as text", lines(LINE, { ...LINE, quantity: "2" }), QUANTITY],
    ["a long note", { lines: [LINE], note: "n".repeat(501) }, NOTE],
    ["a note with an escape", { lines: [LINE], note: "\u001b[2J" }, NOTE],
    ["a note of null", { lines: [LINE], note: null }, NOTE],
  ])("refuses %s", (_what, value, detail) => {
    expect(refusalOf(() => parseNewOrder(value))).toEqual({ defence: "order-schema", status: 422, detail });
  });

  test("an order that is accepted has no field but the contract's, whatever it was made of", () => {
    const member = fc.constantFrom("lines", "note", "id", "companyId", "discountCents", "__proto__", "sku", "quantity");
    const line = fc.oneof(fc.constant(LINE), fc.dictionary(member, fc.oneof(fc.constant("A-1"), fc.integer())));
    const order = fc.record({ lines: fc.array(line) }, { requiredKeys: [] });
    fc.assert(
      fc.property(order, fc.dictionary(member, fc.jsonValue()), (base, more) => {
        try {
          const accepted = parseNewOrder({ ...more, ...base });
          expect(Object.keys(accepted).every((name) => name === "lines" || name === "note")).toBe(true);
          for (const each of accepted.lines) expect(Object.keys(each)).toEqual(["sku", "quantity"]);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});
