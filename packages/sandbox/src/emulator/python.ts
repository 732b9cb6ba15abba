import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { SandboxError } from "../errors.ts";

const run = promisify(execFile);

/** Newest first; `python3` comes first because it is what the user calls Python. */
const CANDIDATES = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

const PROBE = [
  "import importlib.util as u, json, sys",
  "print(json.dumps({'version': list(sys.version_info[:3]), 'path': sys.executable,",
  " 'venv': bool(u.find_spec('venv') and u.find_spec('ensurepip'))}))",
].join("\n");

/** A Python that the emulator can be installed with. */
export interface Python {
  /** Absolute path of the interpreter. */
  path: string;
  version: readonly [number, number, number];
}

/** Runs a Python interpreter with a program and returns what it prints; rejects when it cannot be run. */
export type RunPython = (command: string, program: string) => Promise<string>;

const runPython: RunPython = async (command, program) => (await run(command, ["-I", "-c", program])).stdout;

/**
 * Finds a Python of at least 3.10 with the modules `venv` and `ensurepip`.
 *
 * @param execute Runs an interpreter; replaced in tests.
 * @throws SandboxError when there is none, when all are too old, or when one is new enough but has no venv.
 */
export async function findPython(execute: RunPython = runPython): Promise<Python> {
  const seen: string[] = [];
  let withoutVenv: string | undefined;
  for (const command of CANDIDATES) {
    let found: { version: [number, number, number]; path: string; venv: boolean };
    try {
      found = JSON.parse(await execute(command, PROBE));
    } catch {
      // Not there, or not a Python that runs: the next one may.
      continue;
    }
    const [major, minor] = found.version;
    const version = found.version.join(".");
    if (major < 3 || (major === 3 && minor < 10)) seen.push(`${command} is ${version}`);
    else if (!found.venv) withoutVenv ??= `${command} (${version})`;
    else return { path: found.path, version: found.version };
  }
  if (withoutVenv) {
    throw new SandboxError(
      `${withoutVenv} has no venv module, which the emulator is installed with.`,
      "Install it (Debian and Ubuntu: apt-get install python3-venv) and run the command again.",
    );
  }
  throw new SandboxError(
    seen.length > 0
      ? `The emulator needs Python 3.10 or newer, and ${seen.join(", ")}.`
      : "The emulator needs Python 3.10 or newer, and there is no python3 on PATH.",
    "Install it (Debian and Ubuntu: apt-get install python3 python3-venv; macOS: brew install python) and run the command again.",
  );
}
