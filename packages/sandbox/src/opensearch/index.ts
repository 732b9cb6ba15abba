import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SandboxError } from "../errors.ts";
import { labDirectory, type OnProgress } from "../paths.ts";
import { cleanEnvironment } from "../process/environment.ts";
import { type GuardedProcess, startGuarded } from "../process/guarded.ts";
import { installOpenSearch } from "./install.ts";

export { missingForOpenSearch } from "./find-java.ts";

/** A running server. */
export interface OpenSearch {
  /** Base URL on 127.0.0.1, without a trailing slash. */
  url: string;
  /**
   * Sends a request.
   *
   * @param body An object is sent as JSON, a text as lines of JSON (`_bulk`). Default: none.
   * @throws SandboxError when the server answers with an error, which is in the message.
   */
  request(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

const START_SECONDS = 90;

/**
 * Starts OpenSearch on a free port of 127.0.0.1: the server that a managed domain runs, without the plugins of AWS's distribution. It asks
 * nobody who they are. Ask `missingForOpenSearch()` first whether the machine has what it takes.
 *
 * @param directory The folder of its data and its log, which is made.
 * @throws SandboxError when it cannot be fetched, when it ends, and when it stays silent for 90 seconds.
 */
export async function startOpenSearch(directory: string, onProgress?: OnProgress): Promise<OpenSearch> {
  const classPath = await installOpenSearch(labDirectory, onProgress);
  await mkdir(join(directory, "tmp"), { recursive: true });
  const started = await startGuarded(
    "java",
    ["-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", classPath, "Server", directory, join(directory, "port")],
    { cwd: directory, env: cleanEnvironment(directory), logFile: join(directory, "opensearch.log") },
  );
  const port = await awaitServer(directory, started, START_SECONDS);
  return running(`http://127.0.0.1:${port}`, () => started.stop());
}

/**
 * Waits for the port that the server writes down once it answers.
 *
 * @throws SandboxError when it ends, and when it stays silent for the seconds; it is ended then.
 */
export async function awaitServer(directory: string, server: GuardedProcess, seconds: number): Promise<string> {
  const portFile = join(directory, "port");
  let exitCode: number | undefined;
  void server.exited.then((code) => {
    exitCode = code;
  });
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const port = existsSync(portFile) ? await readFile(portFile, "utf8") : "";
    if (port !== "") return port;
    if (exitCode !== undefined || Date.now() > end) {
      await server.stop();
      const what = exitCode === undefined ? `did not answer in ${seconds} seconds` : `ended with ${exitCode}`;
      const logFile = join(directory, "opensearch.log");
      const first = (await readFile(logFile, "utf8")).trim().split("\n").slice(0, 3).join(" ");
      throw new SandboxError(`OpenSearch ${what}: ${first}`, `Its whole log is ${logFile}.`);
    }
    await sleep(100);
  }
}

function running(url: string, stop: () => Promise<void>): OpenSearch {
  return {
    url,
    stop,
    async request(method, path, body) {
      const lines = typeof body === "string";
      const response = await fetch(`${url}${path}`, {
        method,
        body: body === undefined || lines ? (body as string | undefined) : JSON.stringify(body),
        headers: body === undefined ? {} : { "content-type": lines ? "application/x-ndjson" : "application/json" },
      });
      const answer = (await response.json()) as Record<string, unknown>;
      if (response.ok) return answer;
      throw new SandboxError(
        `OpenSearch answered ${response.status} to ${method} ${path}: ${JSON.stringify(answer).slice(0, 500)}`,
        "Correct the request.",
      );
    },
  };
}
