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

  test.each([
    ["a mail address", "alice@acme.example"],
    ["a JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLWFsaWNl"],
    ["the first part of one", "eyJhbGciOiJIUzI1NiJ9"],
    ["an access key id", "AKIAIOSFODNN7EXAMPLE"],
    ["SQL", "SELECT * FROM partners WHERE id = 'acme'"],
    ["JSON", '{"password":"hunter2"}'],
    ["a line's end", "r\nfake"],
    ["a long text", "a".repeat(129)],
  ])("masks %s wherever it stands", (_what, text) => {
    const lines: string[] = [];
    const log = createLogger("orders", (line) => lines.push(line));
    const where = { requestId: text, status: 500, dependency: text, error: text, at: [text, "index.mjs:1:2"] };
    log({ level: "ERROR", event: "failed", layer: "function", defence: "problem-details", ...where });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(String(lines[0]))).toMatchObject({
      ...{ requestId: "[masked]", dependency: "[masked]", error: "[masked]", at: ["[masked]", "index.mjs:1:2"] },
      ...{ level: "ERROR", defence: "problem-details", status: 500 },
    });
  });

  test.each(["3f2c9a54-5d0e-4f6a-9c31-0d6a2b7e8f10", "cognito-idp", "TypeError ERR_X", "", "c6af9ac6-7b61-11e6#1"])(
    "writes %j as it is",
    (text) => {
      const lines: string[] = [];
      createLogger("orders", (line) => lines.push(line))({
        level: "INFO",
        event: "unanswerable",
        requestId: text,
        status: 404,
      });
      expect(JSON.parse(String(lines[0])).requestId).toBe(text);
    },
  );

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
      at: ["index.mjs:1:2345", "index.mjs:2:10", "node:internal/x:3:1"],
    });
  });

  test("tells names of errors that stand alone, and places of every form", () => {
    const error = Object.assign(new Error("m"), { name: "Exception" });
    error.stack = [
      "Exception: m",
      "    at Object.<anonymous> (/var/task/deep/index.mjs:12:345)",
      "    at async Promise.all (index 0)",
      "    at process.processTicksAndRejections (node:internal/process/task_queues:105:25)",
      "  noise    at f (/var/task/noise.mjs:1:1)",
      "    at g (/var/task/behind.mjs:1:1) and more",
    ].join("\n");
    expect(describeError(error)).toEqual({
      error: "Exception",
      at: ["index.mjs:12:345", "node:internal/process/task_queues:105:25"],
    });
  });

  test("tells no place of what is no error, or has no stack", () => {
    expect(describeError("a secret")).toEqual({ error: "string", at: [] });
    expect(describeError(Object.assign(new Error("m"), { stack: undefined })).at).toEqual([]);
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
    ["a name that could be anything", Object.assign(new Error("x"), { name: "it's a secret" }), "Error"],
    ["a code that ends like one", Object.assign(new Error("x"), { code: "secret ERR_X" }), "Error"],
    ["a code that begins like one", Object.assign(new Error("x"), { code: "ERR_X secret" }), "Error"],
    ["a code that is no text", Object.assign(new Error("x"), { code: ["ERR_SECRET"] }), "Error"],
    [
      "a line that goes on after a place",
      Object.assign(new Error("x"), { stack: "    at (/a.mjs:1:1) secret.mjs" }),
      "Error",
    ],
    ["no stack", Object.assign(new Error("x"), { stack: undefined }), "Error"],
    ["something that is no error", "a secret", "string"],
  ])("leaves out %s", (_what, error, name) => {
    const described = describeError(error);
    expect(described.error).toBe(name);
    expect(JSON.stringify(described)).not.toContain("secret");
  });
});
