import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type Capability, probe, type Sandbox, startSandbox } from "../../src/index.ts";
import type { startGuarded } from "../../src/process/guarded.ts";

// MiniStack as it comes: without the sandbox's launcher, and without AUTH.
vi.mock("../../src/process/guarded.ts", async (original) => {
  const actual = await original<{ startGuarded: typeof startGuarded }>();
  return {
    ...actual,
    startGuarded: (command: string, _args: string[], options: Parameters<typeof startGuarded>[2]) =>
      actual.startGuarded(command, ["-B", "-m", "ministack"], { ...options, env: { ...options.env, AUTH: "false" } }),
  };
});

let sandbox: Sandbox;
let found: Capability[];
beforeAll(async () => {
  sandbox = await startSandbox();
  found = await probe(sandbox);
}, 180_000);
afterAll(() => sandbox.close());

test.each([
  ["iam:policies", "the role's own secret: ok, another secret: ok"],
  ["iam:signatures", "with another secret key: ok"],
  ["gateway:request-id", "the function's request id is not the response's"],
  ["cloudtrail:denied-calls", "no event of the refused call"],
])("%s is found to be missing on an emulator that does not enforce it", (capability, note) => {
  expect(found.find((row) => row.capability === capability)).toEqual({ capability, enforced: false, note });
});

test("a function without its role's credentials is found", () => {
  const row = found.find(({ capability }) => capability === "lambda:role-credentials");
  expect(row).toMatchObject({ enforced: false, note: expect.not.stringContaining("assumed-role/probe") });
});
