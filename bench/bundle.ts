import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleDetails } from "@palisade/functions/bundle";
import { unzipSync } from "fflate";

/** The size of a function's bundle, and how long a new process takes to load it. */
export interface BundleFigures {
  codeBytes: number;
  gzipBytes: number;
  /** Milliseconds, the median of 15 new processes, without the start of Node itself. */
  loadMilliseconds: number;
}

/** Imports a function's built bundle into this process, as Lambda's runtime does. */
export async function extractBundle(name: string): Promise<unknown> {
  return await withExtracted(name, (file) => import(pathToFileURL(file).href));
}

/** Measures a function's bundle; the environment must be one that the function accepts. */
export async function bundleFigures(name: string): Promise<BundleFigures> {
  const { codeBytes, gzipBytes } = await bundleDetails(name);
  const loadMilliseconds = await withExtracted(name, async (file) => {
    const script = `const t=performance.now();await import(${JSON.stringify(pathToFileURL(file).href)});console.log(performance.now()-t)`;
    const times = Array.from({ length: 15 }, () => {
      const run = spawnSync(process.execPath, ["--input-type=module", "--eval", script], { encoding: "utf8" });
      if (run.status !== 0) throw new Error(`bench: the ${name} bundle does not load: ${run.stderr}`);
      return Number(run.stdout);
    });
    return times.toSorted((a, b) => a - b)[7] ?? Number.NaN;
  });
  return { codeBytes, gzipBytes, loadMilliseconds };
}

async function withExtracted<T>(name: string, use: (file: string) => Promise<T>): Promise<T> {
  const { path } = await bundleDetails(name);
  const directory = mkdtempSync(join(tmpdir(), "palisade-bench-"));
  try {
    const file = join(directory, "index.mjs");
    writeFileSync(file, unzipSync(readFileSync(path))["index.mjs"] ?? "");
    return await use(file);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
