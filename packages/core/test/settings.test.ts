import * as pulumi from "@pulumi/pulumi";
import { describe, expect, expectTypeOf, it } from "vitest";
import { isPlainObject, mergeSettings } from "../src/index.ts";

describe("mergeSettings", () => {
  it("puts the user's values over the defaults and the floors over both", () => {
    const merged = mergeSettings({ a: 1, b: 1, c: 1 }, { b: 2, c: 2, d: 2 }, { c: 3 });

    expect(merged).toEqual({ a: 1, b: 2, c: 3, d: 2 });
    expectTypeOf(merged).toEqualTypeOf<{ a: number; b: number; c: number; d: number }>();
  });

  it("takes undefined as no value", () => {
    expect(mergeSettings({ a: 1 }, { a: undefined }, {})).toEqual({ a: 1 });
    expect(mergeSettings({ a: 1 }, undefined, {})).toEqual({ a: 1 });
  });

  it("keeps null, false, zero and the empty string", () => {
    const user = { a: null, b: false, c: 0, d: "" };

    expect(mergeSettings({ a: 1, b: true, c: 1, d: "x" }, user, {})).toEqual(user);
  });

  it("merges plain objects key by key", () => {
    const merged = mergeSettings(
      { tls: { minimum: "1.2", ciphers: "ours" } },
      { tls: { minimum: "1.0", ciphers: "theirs", curves: "theirs" } },
      { tls: { minimum: "1.2" } },
    );

    expect(merged).toEqual({ tls: { minimum: "1.2", ciphers: "theirs", curves: "theirs" } });
  });

  it("replaces arrays", () => {
    expect(mergeSettings({ subnets: ["ours"] }, { subnets: ["a", "b"] }, {})).toEqual({ subnets: ["a", "b"] });
  });

  it("replaces Outputs and instances of classes", () => {
    const output = pulumi.output({ a: 1 });
    const date = new Date(0);

    const merged = mergeSettings({ x: { a: 0 }, y: { a: 0 } }, { x: output, y: date }, {});

    expect(merged.x).toBe(output);
    expect(merged.y).toBe(date);
  });

  it.each(["__proto__", "constructor", "prototype"])("skips the key %s", (key) => {
    const hostile = JSON.parse(`{ "safe": { "${key}": { "polluted": true } }, "${key}": { "polluted": true } }`);

    const merged = mergeSettings({}, hostile, {}) as { safe: object };

    expect(Object.keys(merged)).toEqual(["safe"]);
    expect(Object.keys(merged.safe)).toEqual([]);
    expect("polluted" in merged).toBe(false);
    expect("polluted" in {}).toBe(false);
  });

  it("changes neither argument and shares no object with them", () => {
    const defaults = { nested: { a: 1 } };
    const user = { nested: { b: 2 } };

    const merged = mergeSettings(defaults, user, {});
    (merged.nested as Record<string, number>).a = 9;

    expect(defaults).toEqual({ nested: { a: 1 } });
    expect(user).toEqual({ nested: { b: 2 } });
  });
});

describe("isPlainObject", () => {
  it.each([
    { title: "an object literal", value: {}, expected: true },
    { title: "an object without a prototype", value: Object.create(null), expected: true },
    { title: "null", value: null, expected: false },
    { title: "an array", value: [], expected: false },
    { title: "an instance of a class", value: new Date(0), expected: false },
    { title: "a string", value: "x", expected: false },
  ])("is $expected for $title", ({ value, expected }) => {
    expect(isPlainObject(value)).toBe(expected);
  });
});
