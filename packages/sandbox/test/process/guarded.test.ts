import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { cleanEnvironment } from "../../src/process/environment.ts";
import { killAllGuarded, startGuarded } from "../../src/process/guarded.ts";
import { isRunning } from "../../src/stale.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-guarded-"));
});
afterAll(() => rm(folder, { recursive: true }));

const options = () => ({ cwd: folder, env: cleanEnvironment(folder), logFile: join(folder, "log") });

/** Whether anything of the process group lives. */
function groupLives(groupId: number): boolean {
  return isRunning(-groupId);
}

/** Waits until nothing of the group is left; what init has to reap may take it a moment. */
async function ended(groupId: number): Promise<void> {
  await vi.waitFor(() => expect(groupLives(groupId)).toBe(false), { timeout: 8_000, interval: 50 });
}

describe("startGuarded", () => {
  test("logs the output and tells the exit code", async () => {
    const child = await startGuarded("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"], options());
    expect(await child.exited).toBe(3);
    expect(await readFile(join(folder, "log"), "utf8")).toBe("out\nerr\n");
    await ended(child.groupId);
    await child.stop();
  });

  test("ends what the command has started as well", async () => {
    const child = await startGuarded("/bin/sh", ["-c", "sleep 60 & sleep 60"], options());
    expect(groupLives(child.groupId)).toBe(true);
    await child.stop();
    await ended(child.groupId);
    await child.stop();
  });

  test("kills what does not end when asked", async () => {
    const child = await startGuarded("/bin/sh", ["-c", "trap '' TERM; while :; do sleep 1; done"], {
      ...options(),
      graceMs: 100,
    });
    // The trap has to be set before it is tried.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await child.stop();
    expect(await child.exited).toBeGreaterThan(128);
    await ended(child.groupId);
  });

  test("killAllGuarded kills every group at once", async () => {
    const child = await startGuarded("sleep", ["60"], options());
    killAllGuarded();
    await child.exited;
    await ended(child.groupId);
  });

  test("a folder that is not there is an error", async () => {
    await expect(startGuarded("true", [], { ...options(), cwd: join(folder, "none") })).rejects.toThrow("ENOENT");
  });
});

describe.concurrent("with this process ends the group", () => {
  const script = fileURLToPath(new URL("../helpers/guarded-parent.ts", import.meta.url));
  const tsx = fileURLToPath(import.meta.resolve("tsx"));

  async function parent(mode: string): Promise<{ process: ChildProcess; groupId: number }> {
    const child = spawn(process.execPath, ["--import", tsx, script, folder, mode], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [line] = await once(child.stdout as NodeJS.ReadableStream, "data");
    return { process: child, groupId: Number(String(line)) };
  }

  test.each([
    ["SIGKILL", null],
    ["SIGTERM", 143],
    ["SIGINT", 130],
    ["SIGHUP", 129],
  ] as const)("on %s", async (signal, code) => {
    const { process: child, groupId } = await parent("wait");
    expect(groupLives(groupId)).toBe(true);
    child.kill(signal);
    const [exit] = await once(child, "exit");
    expect(exit).toBe(code);
    await ended(groupId);
  });

  test("on an uncaught exception", async () => {
    const { process: child, groupId } = await parent("throw");
    await once(child, "exit");
    await ended(groupId);
  });

  test("when there is nothing else to do", async () => {
    const { process: child, groupId } = await parent("return");
    const [exit] = await once(child, "exit");
    expect(exit).toBe(0);
    await ended(groupId);
  });

  test("a listener of the program's own decides when to go", async () => {
    const { process: child, groupId } = await parent("listen");
    child.kill("SIGINT");
    const [exit] = await once(child, "exit");
    expect(exit).toBe(7);
    await ended(groupId);
  });
});
