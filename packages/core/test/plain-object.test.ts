import { describe, expect, it } from "vitest";
import { isPlainObject } from "../src/index.ts";

describe("isPlainObject", () => {
  it.each([
    { title: "an object literal", value: {}, expected: true },
    { title: "an object without a prototype", value: Object.create(null), expected: true },
    { title: "null", value: null, expected: false },
    { title: "an array", value: [], expected: false },
    { title: "an instance of a class", value: new Date(0), expected: false },
    { title: "nothing", value: undefined, expected: false },
    { title: "a function", value: () => {}, expected: false },
    { title: "a string", value: "x", expected: false },
  ])("is $expected for $title", ({ value, expected }) => {
    expect(isPlainObject(value)).toBe(expected);
  });
});
