import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { loadLibinjection } from "../../src/edge/libinjection.ts";

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
  expect(() => detectors.sqli("' OR 1=1 --")).toThrow("broken");
  expect(detectors.sqli("' OR 1=1 --")).toBe(true);
});
