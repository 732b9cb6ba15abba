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

/** Distributions of Python that are installed together. */
export interface PythonTool {
  /** In kebab-case; the environment's folder begins with it. */
  id: string;
  /** What it is, for a sentence that begins with it, e.g. `The AWS emulator`. */
  name: string;
  /** What exactly, for the progress line, e.g. `MiniStack 1.5.33`. */
  version: string;
  /** Path of the lock file: every distribution with the hashes of all its files. */
  requirements: string;
}

const EMULATOR: PythonTool = {
  id: "emulator",
  name: "The AWS emulator",
  version: "MiniStack 1.5.33",
  requirements: fileURLToPath(new URL("../../requirements.txt", import.meta.url)),
};

/** Where pip and its indexes are configured: the user's mirror and proxy settings are theirs to choose. */
const PIP_SETTINGS = /^(PIP_|HTTPS?_PROXY$|https?_proxy$|NO_PROXY$|no_proxy$|SSL_CERT_|REQUESTS_CA_BUNDLE$)/;

/** Installs the emulator, as `installPythonTool` does. */
export function installEmulator(directory: string, onProgress?: OnProgress): Promise<string> {
  return installPythonTool(EMULATOR, directory, onProgress);
}

/**
 * Installs a tool into a virtual environment in `<directory>/<id>-<hash>`, where the hash is of the lock file and of Python's
 * version, or reuses what is there. Two processes may ask at the same time: one installs, the other waits.
 *
 * @returns Absolute path of the environment's Python.
 * @throws SandboxError without a suitable Python, or when the installation fails.
 */
export async function installPythonTool(
  tool: PythonTool,
  directory: string,
  onProgress: OnProgress = () => {},
): Promise<string> {
  const python = await findPython();
  const lock = await readFile(tool.requirements);
  const hash = createHash("sha256")
    .update(lock)
    .update(python.version.slice(0, 2).join("."))
    .digest("hex")
    .slice(0, 12);
  const environment = join(directory, `${tool.id}-${hash}`);
  const interpreter = join(environment, "bin", "python");
  const complete = join(environment, ".complete");
  if (existsSync(complete)) return interpreter;

  await mkdir(directory, { recursive: true });
  const inSentence = tool.name.replace(/^The /, "the ");
  const waiting = () => onProgress(`Waiting for another process that installs ${inSentence}`);
  const release = await takeLock(`${environment}.lock`, () => existsSync(complete), waiting);
  if (!release) return interpreter;
  try {
    onProgress(`Installing ${inSentence} (${tool.version}), once`);
    await rm(environment, { recursive: true, force: true });
    await install(tool, python, environment, interpreter);
    await writeFile(complete, "");
  } finally {
    await release();
  }
  return interpreter;
}

async function install(tool: PythonTool, python: Python, environment: string, interpreter: string): Promise<void> {
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
    await run(interpreter, [...pip, "--require-hashes", "--no-deps", "-r", tool.requirements], options);
  } catch (error) {
    const { stderr, message } = error as { stderr?: string; message: string };
    const lines = (stderr || message).trim().split("\n");
    throw new SandboxError(
      `${tool.name} could not be installed: ${lines.slice(-3).join(" ").trim()}`,
      "Check that pip reaches its package index (its proxy and index settings are honoured) and run the command again.",
      { cause: error },
    );
  }
}

/**
 * Takes a lock file, waiting for a process that has it. Returns the function that releases it, or undefined when the work
 * was done meanwhile. A lock of a process that is gone is taken over.
 */
export async function takeLock(
  path: string,
  done: () => boolean,
  onWait: () => void,
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
    if (waited === 0) onWait();
    else if (!(await holderLives(path))) await rm(path, { force: true });
    await sleep(200);
  }
}

async function holderLives(path: string): Promise<boolean> {
  const holder = Number(await readFile(path, "utf8").catch(() => "0"));
  return holder > 0 && isRunning(holder);
}
