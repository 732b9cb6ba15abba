import { expect, test } from "vitest";
import { declaredState } from "../src/declared.ts";
import { SandboxError } from "../src/errors.ts";
import { physicalName } from "../src/identity.ts";

const IDENTITY = { region: "eu-west-1", accountId: "123456789012", partition: "aws" };

test("a physical name is cut, its suffix never", () => {
  expect(physicalName("orders")).toMatch(/^orders-[0-9a-f]{7}$/);
  expect(physicalName("a".repeat(100))).toMatch(/^a{56}-[0-9a-f]{7}$/);
  expect(physicalName("orders", 10)).toMatch(/^or-[0-9a-f]{7}$/);
});

test("a declared resource has an id, a name and an ARN of the right form", () => {
  expect(declaredState("aws:wafv2/webAcl:WebAcl", "acl", { name: "edge" }, IDENTITY)).toEqual({
    id: "edge",
    outputs: { name: "edge", arn: "arn:aws:wafv2:eu-west-1:123456789012:webAcl/edge" },
  });
  const { id, outputs } = declaredState("aws:guardduty/detector:Detector", "main", {}, IDENTITY);
  expect(id).toMatch(/^main-[0-9a-f]{7}$/);
  expect(outputs.arn).toBe(`arn:aws:guardduty:eu-west-1:123456789012:detector/${id}`);
});

test("an error says the problem and the remedy", () => {
  const error = new SandboxError("It is broken.", "Mend it.", { cause: "c" });
  expect([error.name, error.message, error.cause]).toEqual(["SandboxError", "It is broken. Mend it.", "c"]);
});
