import { execFile, spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { installPythonTool, type PythonTool } from "@palisade/sandbox";
import type { BenchRequest } from "./requests.ts";

const run = promisify(execFile);
const MOST_OUTPUT = 256 * 1024 * 1024;

/** A firewall's judgement of one request. */
export interface Judgement {
  blocked: boolean;
  /** Rules against injection that matched. */
  injection: boolean;
  nanoseconds: number;
}

/** A request, or a text, as the engine writes and reads it: bytes are Base64. */
export interface EngineLine {
  source: "crs" | "libinjection";
  id: string;
  fires: number[];
  attack: boolean;
  text: string;
  request: Omit<BenchRequest, "body"> & { body: string | null };
}

/** The Go program beside this file, built into a folder that is kept. */
export interface Engine {
  /** The modules' versions, for the report. */
  versions: { coraza: string; coreRuleSet: string; libinjection: string };
  corpus(): Promise<EngineLine[]>;
  judge(requests: readonly BenchRequest[]): Promise<Judgement[]>;
}

/**
 * Builds the engine. Its modules come through the Go proxy that the machine has configured, checked against go.sum.
 *
 * @param cache a folder that git ignores
 * @throws Error without Go, or when the build fails
 */
export async function buildEngine(cache: string): Promise<Engine> {
  const source = join(import.meta.dirname, "engine");
  const binary = join(cache, "waf-engine");
  await mkdir(cache, { recursive: true });
  const inModule = { cwd: source, maxBuffer: MOST_OUTPUT };
  await run("go", ["build", "-mod=readonly", "-trimpath", "-o", binary, "."], inModule).catch((error) => {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new Error(
      missing
        ? "bench:waf: there is no go on PATH; install Go 1.21 or newer (it fetches the version that engine/go.mod names)"
        : `bench:waf: the engine could not be built: ${String((error as { stderr?: string }).stderr).trim()}`,
    );
  });
  const version = async (module: string) =>
    (await run("go", ["list", "-m", "-f", "{{.Version}}", module], inModule)).stdout.trim();
  return {
    versions: {
      coraza: await version("github.com/corazawaf/coraza/v3"),
      coreRuleSet: await version("github.com/corazawaf/coraza-coreruleset/v4"),
      libinjection: await version("github.com/corazawaf/libinjection-go"),
    },
    // The corpus asks the go command where its modules are, which only the module's own folder knows.
    corpus: async () => jsonLines(await run(binary, ["corpus"], inModule)) as EngineLine[],
    judge: (requests) => judgeAll(binary, requests),
  };
}

async function judgeAll(binary: string, requests: readonly BenchRequest[]): Promise<Judgement[]> {
  const engine = spawn(binary, ["judge"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<number | null>((resolve, reject) => {
    engine.once("error", reject);
    engine.once("close", resolve);
  });
  engine.stdin.end(
    requests.map(({ body, ...rest }) => `${JSON.stringify({ ...rest, body: body.toString("base64") })}\n`).join(""),
  );
  const judgements: Judgement[] = [];
  for await (const line of createInterface({ input: engine.stdout })) {
    const { blocked, rules, nanoseconds } = JSON.parse(line) as {
      blocked: boolean;
      rules: number[];
      nanoseconds: number;
    };
    judgements.push({ blocked, injection: rules.length > 0, nanoseconds });
  }
  const code = await ended;
  if (code === 0 && judgements.length === requests.length) return judgements;
  throw new Error(`bench:waf: the engine ended with ${code} after ${judgements.length} of ${requests.length} requests`);
}

const SCHEMATHESIS: PythonTool = {
  id: "schemathesis",
  name: "Schemathesis",
  version: "4.30.1",
  requirements: join(import.meta.dirname, "requirements.txt"),
};

/** Requests of schemathesis, which is installed into `cache` once. */
export async function schemathesisRequests(
  cache: string,
  openapi: string,
  examples: number,
): Promise<EngineLine["request"][]> {
  const python = await installPythonTool(SCHEMATHESIS, cache);
  const program = join(import.meta.dirname, "benign.py");
  return jsonLines(
    await run(python, [program, openapi, String(examples)], { maxBuffer: MOST_OUTPUT }),
  ) as EngineLine["request"][];
}

function jsonLines({ stdout }: { stdout: string }): unknown[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}
