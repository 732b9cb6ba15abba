import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isRunning, removeStale, sandboxName } from "../src/stale.ts";

test("what a killed sandbox left is swept, and nothing else", async () => {
  const folder = await mkdtemp(join(tmpdir(), "palisade-stale-"));
  const gone = spawnSync("true").pid;
  const stale = `sandbox-${gone}-0123abcd`;
  const kept = [sandboxName(), "sandbox-mine", "emulator-0123", "sandbox-1-0123abcd"];
  for (const name of [stale, ...kept]) await mkdir(join(folder, name, "tmp"), { recursive: true });
  await removeStale(folder);
  expect((await readdir(folder)).sort()).toEqual(kept.sort());
  await rm(folder, { recursive: true });
});

test("a folder that is not there has nothing to sweep", async () => {
  await removeStale(join(tmpdir(), "palisade-not-there"));
});

test("a process is running or it is not", () => {
  expect(isRunning(process.pid)).toBe(true);
  expect(isRunning(spawnSync("true").pid)).toBe(false);
});
