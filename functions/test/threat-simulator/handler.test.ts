import { afterEach, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test("is set up by its environment, and calls nothing else than what it says", async () => {
  vi.stubEnv("LISTED_ADDRESS", "198.51.100.66");
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  vi.stubEnv("THREAT_SINK", "127.0.0.1:1");
  const { handler } = await import("../../src/threat-simulator/handler.ts");
  expect(await handler()).toMatchObject({ address: "198.51.100.66", port: 443, reached: false, error: "ECONNREFUSED" });
  await expect(handler({ address: "203.0.113.1" })).rejects.toThrow("refuses to call any address but the listed one");
});

test("does not start on a machine of ours without a sink", async () => {
  vi.stubEnv("LISTED_ADDRESS", "198.51.100.66");
  vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
  await expect(import("../../src/threat-simulator/handler.ts")).rejects.toThrow("THREAT_SINK is not set");
});
