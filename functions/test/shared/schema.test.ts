import { describe, expect, test } from "vitest";
import { faultOf, readSchema, type Validate } from "../../src/shared/schema.ts";
import { validate as credentials } from "../../src/shared/schemas/credentials.mjs";
import { validate as newCart } from "../../src/shared/schemas/new-cart.mjs";
import { refusalOf } from "../support/refusals.ts";

describe("readSchema", () => {
  test("returns the value itself", () => {
    const value = { lines: [{ sku: "MUG-1", quantity: 1 }] };
    expect(readSchema(newCart, value)).toBe(value);
  });

  test("says where the first fault is and what is allowed, and keeps nothing of the value", () => {
    const value = { username: "alice", password: "p".repeat(257) };
    expect(refusalOf(() => readSchema(credentials, value))).toEqual({
      defence: "",
      status: 422,
      detail: "password must be text of 1 to 256 characters.",
    });
    expect(credentials.errors).toBeNull();
  });

  test("numbers the items of a list", () => {
    const lines = Array.from({ length: 13 }, (_, index) => ({ sku: index === 12 ? "a" : "A", quantity: 1 }));
    const { detail } = refusalOf(() => readSchema(newCart, { lines }));
    expect(detail).toBe("lines[12].sku must be 1 to 32 capital letters, digits and hyphens.");
  });

  test("repeats no name that was sent", () => {
    const { detail } = refusalOf(() => readSchema(newCart, { lines: [{ "<script>": 1, sku: "A", quantity: 1 }] }));
    expect(detail).toBe("lines[0] has a field that is not one of: sku, quantity.");
  });
});

describe("faultOf", () => {
  const failed = (fault: object): Validate<never> =>
    Object.assign((_value: unknown): _value is never => false, {
      errors: [{ instancePath: "/a/0/b", keyword: "type", params: {}, parentSchema: {}, ...fault }],
    });
  test.each([
    [{}, "a[0].b must be what the contract says."],
    [{ parentSchema: { type: "object" } }, "a[0].b must be an object."],
    [{ parentSchema: { description: "a number" } }, "a[0].b must be a number."],
    [{ instancePath: "", parentSchema: { title: "The order", type: "object" } }, "The order must be an object."],
    [{ keyword: "required", params: { missingProperty: "c" } }, "a[0].b.c must be what the contract says."],
    [{ keyword: "additionalProperties" }, "a[0].b has a field that is not one of: ."],
  ])("says of %j: %s", (fault, sentence) => {
    expect(faultOf(failed(fault))).toBe(sentence);
  });

  test("says something of a check that says nothing", () => {
    expect(faultOf((_value: unknown): _value is never => false)).toBe("The body is not what the contract says.");
  });
});
