import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { SandboxError } from "../errors.ts";
import type { OnProgress } from "../paths.ts";
import { cleanEnvironment } from "../process/environment.ts";
import { isRunning } from "../stale.ts";
import { findPython, type Python } from "./python.ts";

const run = promisify(execFile);

/** The lock file of the emulator: every distribution with the hashes of all its files. */
const REQUIREMENTS = fileURLToPath(new URL("../../requirements.txt", import.meta.url));

/** Where pip and its indexes are configured: the user's mirror and proxy settings are theirs to choose. */
const PIP_SETTINGS = /^(PIP_|HTTPS?_PROXY$|https?_proxy$|NO_PROXY$|no_proxy$|SSL_CERT_|REQUESTS_CA_BUNDLE$)/;

/**
 * Installs the emulator into a virtual environment in `<directory>/emulator-<hash>`, where the hash is of the lock file and
 * of Python's version, or reuses what is there. Two processes may ask at the same time: one installs, the other waits.
 *
 * @returns Absolute path of the environment's Python.
 * @throws SandboxError without a suitable Python, or when the installation fails.
 */
export async function installEmulator(directory: string, onProgress: OnProgress = () => {}): Promise<string> {
  const python = await findPython();
  const lock = await readFile(REQUIREMENTS);
  const hash = createHash("sha256")
    .update(lock)
    .update(python.version.slice(0, 2).join("."))
    .digest("hex")
    .slice(0, 12);
  const environment = join(directory, `emulator-${hash}`);
  const interpreter = join(environment, "bin", "python");
  const complete = join(environment, ".complete");
  if (existsSync(complete)) return interpreter;

  await mkdir(directory, { recursive: true });
  const release = await takeLock(`${environment}.lock`, () => existsSync(complete), onProgress);
  if (!release) return interpreter;
  try {
    onProgress("Installing the AWS emulator (MiniStack 1.5.33), once");
    await rm(environment, { recursive: true, force: true });
    await install(python, environment, interpreter);
    await writeFile(complete, "");
  } finally {
    await release();
  }
  return interpreter;
}

async function install(python: Python, environment: string, interpreter: string): Promise<void> {
  const pipSettings = Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (PIP_SETTINGS.test(key) && value ? [[key, value]] : [])),
  );
  // HOME stays the user's for this one step: pip's configuration and cache are there, and neither holds AWS credentials.
  const home = process.env.HOME ?? environment;
  const options = {
    env: { ...cleanEnvironment(environment, { HOME: home, TMPDIR: environment }), ...pipSettings },
    maxBuffer: 32 * 1024 * 1024,
  };
  try {
    await mkdir(environment, { recursive: true });
    await run(python.path, ["-m", "venv", environment], options);
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--quiet"];
    // --no-deps: the lock file is the whole list, and pip has nothing to resolve.
    await run(interpreter, [...pip, "--require-hashes", "--no-deps", "-r", REQUIREMENTS], options);
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const lines = (stderr || message).trim().split("\n");
    throw new SandboxError(
      `The AWS emulator could not be installed: ${lines.slice(-3).join(" ").trim()}`,
      "Check that pip reaches its package index (its proxy and index settings are honoured) and run the command again.",
      { cause: error },
    );
  }
}

/**
 * Takes a lock file, waiting for a process that has it. Returns the function that releases it, or undefined when the work
 * was done meanwhile. A lock of a process that is gone is taken over.
 */
async function takeLock(
  path: string,
  done: () => boolean,
  onProgress: OnProgress,
): Promise<(() => Promise<void>) | undefined> {
  for (let waited = 0; ; waited++) {
    try {
      const file = await open(path, "wx");
      await file.writeFile(String(process.pid));
      await file.close();
      const release = () => rm(path, { force: true });
      if (!done()) return release;
      await release();
      return undefined;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    if (done()) return undefined;
    if (waited === 0) onProgress("Waiting for another process that installs the AWS emulator");
    else if (!(await holderLives(path))) await rm(path, { force: true });
    await sleep(200);
  }
}

async function holderLives(path: string): Promise<boolean> {
  const holder = Number(await readFile(path, "utf8").catch(() => "0"));
  return holder > 0 && isRunning(holder);
}
