import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test, vi } from "vitest";
import { startSandbox } from "../src/index.ts";

const script = fileURLToPath(new URL("./helpers/sandbox-parent.ts", import.meta.url));
const tsx = fileURLToPath(import.meta.resolve("tsx"));

/** What runs in a sandbox's folder: the guard, the emulator, its functions, and what those have started. */
async function running(directory: string): Promise<string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
      if (!environment.includes(`HOME=${directory}\0`)) return [];
      return [basename((await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0")[0] ?? "")];
    }),
  );
  return found.flat().sort();
}

// Only Linux shows the environment of other processes; process/guarded.test.ts holds the same for every system.
test.runIf(process.platform === "linux").each(["SIGKILL", "SIGINT"] as const)(
  "after %s nothing runs, and the next sandbox sweeps the folder",
  async (signal) => {
    const parent = spawn(process.execPath, ["--import", tsx, script], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(parent.stdout, "data");
    const directory = String(line).trim();
    // The shell and its watcher, Python, the function's node and the sleep that it started.
    expect(await running(directory)).toEqual(expect.arrayContaining(["node", "python", "sh", "sleep"]));
    parent.kill(signal);
    await once(parent, "exit");
    await vi.waitFor(async () => expect(await running(directory)).toEqual([]), { timeout: 8_000, interval: 100 });
    const next = await startSandbox();
    await next.close();
    expect(existsSync(directory)).toBe(false);
  },
  180_000,
);
