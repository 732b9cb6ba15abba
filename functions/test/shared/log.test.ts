import { afterEach, describe, expect, test, vi } from "vitest";
import { createLogger, describeError } from "../../src/shared/log.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe("createLogger", () => {
  test("writes a record as one line of JSON", () => {
    const lines: string[] = [];
    const log = createLogger("orders", (line) => lines.push(line));
    log({ level: "WARN", event: "denied", layer: "function", defence: "company-check", requestId: "r", status: 403 });
    log({ level: "INFO", event: "served", requestId: "r", status: 200, rows: undefined });
    expect(lines).toEqual([
      '{"level":"WARN","event":"denied","requestId":"r","function":"orders","layer":"function","defence":"company-check","status":403}',
      '{"level":"INFO","event":"served","requestId":"r","function":"orders","status":200}',
    ]);
  });

  test("writes to standard output by default", () => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    createLogger("orders")({ level: "INFO", event: "unanswerable", requestId: "r", status: 404 });
    expect(write.mock.calls).toEqual([
      ['{"level":"INFO","event":"unanswerable","requestId":"r","function":"orders","status":404}\n'],
    ]);
  });
});

describe("describeError", () => {
  test("tells the name, the code and the places, never the message", () => {
    const error = Object.assign(new TypeError("token eyJhbGciOi is wrong"), { code: "ERR_X" });
    error.stack = [
      "TypeError: token eyJhbGciOi is wrong",
      "    at place (file:///var/task/index.mjs:1:2345)",
      "    at async file:///var/task/index.mjs:2:10",
      "    at new Thing (node:internal/x:3:1)",
    ].join("\n");
    expect(describeError(error)).toEqual({
      error: "TypeError ERR_X",
      at: ["index.mjs:1:2345", "index.mjs:2:10", "x:3:1"],
    });
  });

  test("takes no line of the message for a place", () => {
    const described = describeError(new Error("x\n    at eyJhbGciOi.eyJzdWIi.c2ln:1:1\n"));
    expect(described.at.length).toBeGreaterThan(0);
    expect(JSON.stringify(described)).not.toContain("eyJ");
  });

  test("tells at most five places", () => {
    const error = new Error("x");
    error.stack = Array.from({ length: 9 }, (_, index) => `    at f (file:///a/b.mjs:${index}:1)`).join("\n");
    expect(describeError(error).at).toHaveLength(5);
  });

  test.each([
    ["a code that could be anything", Object.assign(new Error("x"), { code: "it's a secret" }), "Error"],
    ["no stack", Object.assign(new Error("x"), { stack: undefined }), "Error"],
    ["something that is no error", "a secret", "string"],
  ])("leaves out %s", (_what, error, name) => {
    const described = describeError(error);
    expect(described.error).toBe(name);
    expect(JSON.stringify(described)).not.toContain("secret");
  });
});
