import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { host, loadLibinjection } from "../../src/edge/libinjection.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "edge-wasm");

afterEach(() => vi.restoreAllMocks());

test("the committed module is the recorded one", () => {
  const digest = createHash("sha256")
    .update(readFileSync(join(FOLDER, "libinjection.wasm")))
    .digest("hex");
  expect(readFileSync(join(FOLDER, "libinjection.wasm.sha256"), "utf8")).toBe(`${digest}  libinjection.wasm\n`);
});

test("finds what is long and what is empty, and holds no text of the call before", () => {
  const { sqli, xss } = loadLibinjection();
  expect(sqli("")).toBe(false);
  expect(xss("")).toBe(false);
  expect(sqli("' OR 1=1 --")).toBe(true);
  expect(sqli("'")).toBe(false);
  const long = `${"x".repeat(500_000)}<script>`;
  expect(xss(long)).toBe(true);
  expect(xss("x")).toBe(false);
  for (let i = 0; i < 200; i++) expect(xss(`<img src=${i} onerror=alert(1)>`)).toBe(true);
});

test("gets no file, no argument and no environment from the host", () => {
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(readFileSync(join(FOLDER, "libinjection.wasm"))));
  expect(imports.map(({ name }) => name).sort()).toEqual([
    "args_get",
    "args_sizes_get",
    "clock_time_get",
    "environ_get",
    "environ_sizes_get",
    "fd_write",
    "poll_oneoff",
    "proc_exit",
    "random_get",
    "sched_yield",
  ]);
});

test("an instance that fails is replaced", () => {
  const detectors = loadLibinjection();
  expect(detectors.sqli("' OR 1=1 --")).toBe(true);
  // The next write into the module's memory fails, as a trap of the module would.
  vi.spyOn(Buffer, "from").mockImplementationOnce(() => {
    throw new Error("broken");
  });
  const long = `' OR 1=1 -- ${"x".repeat(100_000)}`;
  expect(() => detectors.sqli(long)).toThrow("broken");
  expect(detectors.sqli(long)).toBe(true);
  expect(detectors.sqli("' OR 2=2 --")).toBe(true);
});

test("answers about short texts are remembered, and forgotten again", () => {
  const { sqli } = loadLibinjection();
  expect(sqli("' OR 3=3 --")).toBe(true);
  const writing = vi.spyOn(Buffer.prototype, "write");
  expect(sqli("' OR 3=3 --")).toBe(true);
  expect(writing).not.toHaveBeenCalled();
  for (let i = 0; i < 4096; i++) sqli(`mug ${i}`);
  writing.mockClear();
  expect(sqli("' OR 3=3 --")).toBe(true);
  expect(writing).toHaveBeenCalledOnce();
});

describe("the host's calls", () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const calls = host(() => memory) as Record<string, (...given: unknown[]) => number>;
  const call = (name: string, ...given: unknown[]) => calls[name]?.(...given);
  const number = (at: number) => new DataView(memory.buffer).getUint32(at, true);
  const put = (at: number, value: number) => new DataView(memory.buffer).setUint32(at, value, true);

  test("there are no arguments, no variables and no events", () => {
    for (const at of [0, 4, 8]) put(at, 99);
    expect([call("args_sizes_get", 0, 4), number(0), number(4)]).toEqual([0, 0, 0]);
    put(0, 99);
    expect([call("environ_sizes_get", 0, 4), number(0)]).toEqual([0, 0]);
    expect([call("poll_oneoff", 0, 0, 1, 8), number(8)]).toEqual([0, 0]);
    expect([call("args_get"), call("environ_get"), call("sched_yield")]).toEqual([0, 0, 0]);
  });

  test("there are a clock and random bytes", () => {
    expect([call("clock_time_get", 1, 0n, 16), new DataView(memory.buffer).getBigUint64(16, true) > 0n]).toEqual([
      0,
      true,
    ]);
    call("random_get", 32, 16);
    expect(new Uint8Array(memory.buffer, 32, 16).some((byte) => byte !== 0)).toBe(true);
  });

  test("what is written goes nowhere, and is said to be written", () => {
    put(68, 7);
    put(76, 5);
    expect([call("fd_write", 2, 64, 2, 80), number(80)]).toEqual([0, 12]);
  });

  test("an exit is an error", () => {
    expect(() => call("proc_exit", 2)).toThrow("libinjection ended with code 2 on this input; the request is denied");
  });
});
