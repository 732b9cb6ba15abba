import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Capability,
  CapabilityError,
  probe,
  requireCapabilities,
  type Sandbox,
  startSandbox,
} from "../../src/index.ts";

let sandbox: Sandbox;
let found: Capability[];
beforeAll(async () => {
  sandbox = await startSandbox();
  found = await probe(sandbox);
}, 180_000);
afterAll(() => sandbox.close());

test("the emulator enforces what verdicts rely on, and the rest is known", () => {
  expect(Object.fromEntries(found.map(({ capability, enforced }) => [capability, enforced]))).toEqual({
    "gateway:authorizer": true,
    "gateway:validator": true,
    "gateway:api-key": true,
    "gateway:throttling": true,
    "gateway:request-id": true,
    "gateway:access-log": false,
    "gateway:disable-endpoint": true,
    "lambda:role-credentials": true,
    "lambda:log-group": true,
    "iam:policies": true,
    "iam:signatures": true,
    "cloudtrail:denied-calls": true,
    "cognito:password-policy": true,
  });
});

test.each([
  ["gateway:authorizer", "no token: 401, refused token: 403, allowed token: 200"],
  ["gateway:validator", "other type: 400, unknown property: 400, no parameter: 400, valid: 200"],
  ["iam:policies", "the role's own secret: ok, another secret: AccessDeniedException"],
  ["gateway:access-log", "0 lines after a request; the front's record stands for the access log"],
])("%s says what was seen", (capability, note) => {
  expect(found.find((row) => row.capability === capability)?.note).toBe(note);
});

test("functions run on this workspace's Node, as their role", () => {
  expect(found.find(({ capability }) => capability === "lambda:role-credentials")?.note).toMatch(
    /^on Node 24\.\S+ the function calls as arn:aws:sts::123456789012:assumed-role\/probe-/,
  );
});

test("a verdict that relies on what is not enforced is a named error", () => {
  requireCapabilities(found, ["gateway:authorizer", "iam:policies"]);
  const need = () => requireCapabilities(found, ["iam:policies", "gateway:access-log"]);
  expect(need).toThrow(CapabilityError);
  expect(need).toThrow(
    "The emulator does not enforce gateway:access-log (0 lines after a request; the front's record stands for the access log). A verdict that relies on it would be worth nothing: report it as declared, or enforce it in the sandbox.",
  );
  expect(() => requireCapabilities([], ["iam:policies"])).toThrow("iam:policies (not probed)");
});
