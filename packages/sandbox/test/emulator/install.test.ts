import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { installEmulator } from "../../src/emulator/install.ts";
import { labDirectory } from "../../src/paths.ts";

// In a fresh clone this is the first installation.
beforeAll(() => installEmulator(labDirectory), 180_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-install-"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** The name of this machine's environment, from the one that the other tests use. */
async function environmentName(): Promise<string> {
  const path = await installEmulator(labDirectory);
  return path.split("/").at(-3) as string;
}

describe("installEmulator", () => {
  test("reuses what is there for the lock file and this Python", async () => {
    const steps: string[] = [];
    const interpreter = await installEmulator(labDirectory, (line) => steps.push(line));
    expect(steps).toEqual([]);
    expect(interpreter).toMatch(/\/emulator-[0-9a-f]{12}\/bin\/python$/);
    expect(existsSync(interpreter)).toBe(true);
  });

  test("an installation that fails is one sentence, leaves no lock, and is tried again", async () => {
    // A package index that is not there: pip gives up at once.
    vi.stubEnv("PIP_INDEX_URL", "http://127.0.0.1:9/simple");
    vi.stubEnv("PIP_RETRIES", "0");
    vi.stubEnv("PIP_NO_CACHE_DIR", "1");
    vi.stubEnv("PIP_CONFIG_FILE", "/dev/null");
    const failing = () => installEmulator(folder);
    await expect(failing()).rejects.toThrow(
      /^The AWS emulator could not be installed: .* Check that pip reaches its package index \(its proxy and index settings are honoured\) and run the command again\.$/,
    );
    expect((await readdir(folder)).filter((name) => name.endsWith(".lock"))).toEqual([]);
    await expect(failing()).rejects.toThrow("could not be installed");
  }, 60_000);

  test("waits for another process that installs, and uses what it made", async () => {
    const name = await environmentName();
    await writeFile(join(folder, `${name}.lock`), String(process.pid));
    const steps: string[] = [];
    const waiting = installEmulator(folder, (line) => steps.push(line));
    await vi.waitFor(() => expect(steps).toEqual(["Waiting for another process that installs the AWS emulator"]));
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, ".complete"), "");
    expect(await waiting).toBe(join(folder, name, "bin/python"));
  });

  test("takes over the lock of a process that is gone", async () => {
    const name = await environmentName();
    vi.stubEnv("PIP_INDEX_URL", "http://127.0.0.1:9/simple");
    vi.stubEnv("PIP_RETRIES", "0");
    vi.stubEnv("PIP_NO_CACHE_DIR", "1");
    vi.stubEnv("PIP_CONFIG_FILE", "/dev/null");
    await writeFile(join(folder, `${name}.lock`), String(spawnSync("true").pid));
    await expect(installEmulator(folder)).rejects.toThrow("could not be installed");
    expect((await readdir(folder)).filter((entry) => entry.endsWith(".lock"))).toEqual([]);
  }, 60_000);
});

test("every distribution of the lock file is pinned, with hashes", async () => {
  const text = await readFile(fileURLToPath(new URL("../../requirements.txt", import.meta.url)), "utf8");
  const entries = text.split(/\n(?=[a-z])/).slice(1);
  expect(entries.length).toBeGreaterThan(40);
  for (const entry of entries) {
    expect(entry).toMatch(/^[a-z0-9.-]+==\S+/);
    expect(entry).toMatch(/--hash=sha256:[0-9a-f]{64}/);
  }
  expect(text).toContain("\nministack==1.5.33 ");
});
