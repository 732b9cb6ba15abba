import type { StackValidationPolicy } from "@pulumi/policy";
import { expect, test } from "vitest";
import { type ConfiguredSuppression, PackSuppressions } from "../src/pack-suppressions.ts";

const violations = [
  { message: "a: one", key: "1" },
  { message: "a: whole", key: "" },
];
const accepted = (more: Partial<ConfiguredSuppression> = {}): ConfiguredSuppression => ({
  resource: "a",
  reason: "measured, and fine",
  expires: "2026-11-30",
  ...more,
});

function run(suppressions: ConfiguredSuppression[] | undefined, resource = "a", now = "2026-11-30T23:59:59Z") {
  const state = new PackSuppressions(() => new Date(now));
  const left = state.remaining("rule", resource, violations, suppressions && { suppressions });
  const unused: string[] = [];
  const { validateStack } = state.unusedPolicy() as StackValidationPolicy;
  validateStack(undefined as never, (message) => unused.push(message));
  return { left, unused };
}

test("one finding is accepted to the end of its last day, and then says that it was", () => {
  expect(run(undefined)).toEqual({ left: ["a: one", "a: whole"], unused: [] });
  expect(run([accepted({ key: "1" })])).toEqual({ left: ["a: whole"], unused: [] });
  expect(run([accepted()], "a", "2026-12-01T00:00:00Z")).toEqual({
    left: ["a: one", "a: whole (its suppression has expired on 2026-11-30)"],
    unused: [],
  });
});

test("one that nothing matches is told of", () => {
  expect(run([accepted({ key: "2" }), accepted()], "a").unused).toEqual([
    "the suppression of rule on a matches no finding: take it out",
  ]);
  expect(run([accepted()], "b")).toEqual({
    left: ["a: one", "a: whole"],
    unused: ["the suppression of rule on a matches no finding: take it out"],
  });
});

test("one without a reason is refused", () => {
  expect(() => run([accepted({ reason: "" })])).toThrow('suppression of rule on a: received the reason ""');
});
