import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { invalid, PalisadeError, show } from "../src/index.ts";

describe("invalid", () => {
  const base = { component: "HardenedFunction", name: "orders", property: "memoryMegabytes" };

  it("names component, property, value, allowed values and the fix in one sentence", () => {
    const error = invalid({ ...base, received: 12, allowed: "a whole number from 128 to 10240", fix: "set it to 512" });

    expect(error).toBeInstanceOf(PalisadeError);
    expect(error.name).toBe("PalisadeError");
    expect(error.message).toBe(
      'HardenedFunction "orders": memoryMegabytes is 12; allowed: a whole number from 128 to 10240; to fix it, set it to 512',
    );
  });

  it("shows words in the place of a value that may be a secret", () => {
    const error = invalid({ ...base, received: "hunter2", receivedText: "a secret", allowed: "x", fix: "y" });

    expect(error.message).toBe('HardenedFunction "orders": memoryMegabytes is a secret; allowed: x; to fix it, y');
  });

  it("is an error that Pulumi prints without a stack trace", () => {
    expect(pulumi.RunError.isInstance(invalid({ ...base, allowed: "x", fix: "y" }))).toBe(true);
  });
});

describe("show", () => {
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;

  it.each([
    { title: "a missing value", value: undefined, expected: "not set" },
    { title: "null", value: null, expected: "null" },
    { title: "a string", value: 'a "b"', expected: '"a \\"b\\""' },
    { title: "a number", value: 0, expected: "0" },
    { title: "a list", value: ["*"], expected: '["*"]' },
    { title: "a function", value: () => 1, expected: "a function" },
    { title: "a symbol", value: Symbol("s"), expected: "Symbol(s)" },
    { title: "a bigint", value: 10n, expected: "10" },
    { title: "a cycle", value: cycle, expected: "[object Object]" },
    { title: "an Output", value: pulumi.output("secret"), expected: "an Output" },
    { title: "80 characters", value: "x".repeat(78), expected: `"${"x".repeat(78)}"` },
    { title: "81 characters", value: "x".repeat(79), expected: `"${"x".repeat(79)}... (81 characters)` },
  ])("shows $title", ({ value, expected }) => {
    expect(show(value)).toBe(expected);
  });
});
