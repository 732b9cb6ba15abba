import { expect, test } from "vitest";
import { compact, fieldsOf, integerOf, listOf, millisecondsOf, textOf } from "../../src/ocsf/fields.ts";

test.each([
  [7, 7],
  [-7, -7],
  ["7", 7],
  ["-7", -7],
  ["999999999999999", 999_999_999_999_999],
  [2 ** 53, undefined],
  [1.5, undefined],
  ["9999999999999999", undefined],
  ["7.0", undefined],
  [" 7", undefined],
  ["7 ", undefined],
  ["", undefined],
  [["7"], undefined],
  [true, undefined],
])("of %j the whole number is %s", (value, expected) => {
  expect(integerOf(value)).toBe(expected);
});

test.each([
  ["2026-11-24T10:00:00Z", Date.UTC(2026, 10, 24, 10)],
  ["yesterday", undefined],
  [2026, undefined],
  [undefined, undefined],
])("of %j the time is %s", (value, expected) => {
  expect(millisecondsOf(value)).toBe(expected);
});

test("a part that is not what it should be is a part that is not there", () => {
  for (const value of [null, undefined, "x", 1, []]) expect(fieldsOf(value)).toEqual({});
  expect(fieldsOf({ a: 1 })).toEqual({ a: 1 });
  for (const value of [null, undefined, "x", { length: 1 }]) expect(listOf(value)).toEqual([]);
  for (const value of ["", "-", 1, null]) expect(textOf(value)).toBeUndefined();
});

test("what is empty is left out, however deep, and what is false or nought is kept", () => {
  const value = { a: null, b: undefined, c: { d: [] }, e: [null, { f: undefined }], g: false, h: 0, i: [{ j: "" }] };
  expect(compact(value)).toStrictEqual({ g: false, h: 0, i: [{ j: "" }] });
  expect(compact({ a: {} })).toBeUndefined();
});
