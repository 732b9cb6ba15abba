import { expect, test } from "vitest";
import { Stack } from "../src/stack.ts";
import { UNKNOWN } from "../src/unknown.ts";
import { resource } from "./support.ts";

const bucket = resource("t:b", "logs", { bucket: "my-logs" }, { id: "logs-id" });
const policy = (value: unknown, dependencies: Record<string, string[]> = {}) =>
  resource("t:p", "policy", { bucket: value }, { dependencies });

test.each([
  ["a dependency, before the id is known", policy(UNKNOWN, { bucket: [bucket.urn] }), 1],
  ["the id", policy("logs-id"), 1],
  ["an ARN that ends with the id", policy("arn:aws:x:::y/logs-id"), 1],
  ["the literal name that both have", policy("my-logs"), 1],
  ["another's dependency", policy(UNKNOWN, { bucket: ["urn:other"] }), 0],
  ["another property's dependency", policy(UNKNOWN, { other: [bucket.urn] }), 0],
  ["another value", policy("my-logs-2"), 0],
  ["nothing", policy(""), 0],
  ["an unknown value", policy(UNKNOWN), 0],
])("a reference by %s", (_title, from, count) => {
  const stack = new Stack([bucket, from]);
  expect(stack.referring("t:p", "bucket", bucket)).toHaveLength(count);
  expect(stack.referred(from, "bucket", ["t:none", "t:b"])).toBe(count === 1 ? bucket : undefined);
});

test("a target without an id is not what ends with a slash", () => {
  const { id: _id, ...without } = bucket;
  expect(new Stack([policy("x/undefined")]).referring("t:p", "bucket", { ...without, props: {} })).toEqual([]);
});
