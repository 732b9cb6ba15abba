import { rejection, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";
import { isDeeplyPlain, validatedInput } from "../src/index.ts";

function refuseNegative(value: number): void {
  if (value < 0) throw new Error(`${value} is negative`);
}

describe("validatedInput", () => {
  it("returns a plain value as it is", () => {
    expect(validatedInput(1, refuseNegative)).toBe(1);
  });

  it("throws at once for a plain value", () => {
    expect(() => validatedInput(-1, refuseNegative)).toThrow("-1 is negative");
  });

  it("does not check a missing value", () => {
    const check = vi.fn();

    expect(validatedInput<number>(undefined, check)).toBeUndefined();
    expect(check).not.toHaveBeenCalled();
  });

  it.each([
    { kind: "an Output", wrap: (value: number) => pulumi.output(value) },
    { kind: "a promise", wrap: (value: number) => Promise.resolve(value) },
  ])("gates $kind on the check", async ({ wrap }) => {
    expect(await resolved(validatedInput<number>(wrap(1), refuseNegative))).toBe(1);
    expect((await rejection(() => validatedInput<number>(wrap(-1), refuseNegative))).message).toBe("-1 is negative");
  });

  it("gates an object on the Output inside it", async () => {
    const check = (value: { a: number[] }) => value.a.forEach(refuseNegative);

    const error = await rejection(() => validatedInput<{ a: number[] }>({ a: [pulumi.output(-2)] } as never, check));

    expect(error.message).toBe("-2 is negative");
  });

  it("keeps a secret secret", async () => {
    const gated = validatedInput<number>(pulumi.secret(1), refuseNegative);

    expect(await pulumi.isSecret(gated as pulumi.Output<number>)).toBe(true);
  });
});

describe("isDeeplyPlain", () => {
  it.each([
    { title: "a string", value: "x", expected: true },
    { title: "a nested object", value: { a: [{ b: 1 }] }, expected: true },
    { title: "an instance of a class", value: new Date(0), expected: true },
    { title: "an Output", value: pulumi.output(1), expected: false },
    { title: "a promise", value: Promise.resolve(1), expected: false },
    { title: "an Output beside a plain value in an array", value: [1, pulumi.output(1)], expected: false },
    { title: "an Output beside a plain value in an object", value: { a: 1, b: pulumi.output(1) }, expected: false },
    { title: "an Output in an array in an object", value: { a: [pulumi.output(1)] }, expected: false },
  ])("is $expected for $title", ({ value, expected }) => {
    expect(isDeeplyPlain(value)).toBe(expected);
  });
});
