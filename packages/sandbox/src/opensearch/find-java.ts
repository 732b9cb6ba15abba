import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs a command and returns what it prints, on either output; rejects when it cannot be run. */
export type RunTool = (command: string, args: readonly string[]) => Promise<string>;

const runTool: RunTool = async (command, args) => {
  const { stdout, stderr } = await run(command, [...args], { timeout: 60_000 });
  return stdout + stderr;
};

/** What the server needs of a machine. */
const LEAST_JAVA = 17;

/**
 * Why OpenSearch cannot be started on this machine, as a sentence; undefined when it can. It needs a Java development kit and Maven, and
 * nothing installs them: no part of the lab depends on the server.
 *
 * @param execute Runs a command; replaced in tests.
 */
export async function missingForOpenSearch(execute: RunTool = runTool): Promise<string | undefined> {
  const compiler = await execute("javac", ["-version"]).catch(() => undefined);
  if (compiler === undefined)
    return `There is no javac on PATH; OpenSearch needs a Java development kit of version ${LEAST_JAVA} or newer.`;
  const version = Number(/javac (\d+)/.exec(compiler)?.[1] ?? 0);
  if (version < LEAST_JAVA) {
    return `javac is ${compiler.trim().replace(/^javac /, "")}; OpenSearch needs a Java development kit of version ${LEAST_JAVA} or newer.`;
  }
  const java = await execute("java", ["-version"]).catch(() => undefined);
  if (java === undefined) return "There is no java on PATH beside javac.";
  const maven = await execute("mvn", ["-v"]).catch(() => undefined);
  return maven === undefined ? "There is no mvn on PATH; Maven fetches OpenSearch's files." : undefined;
}
