import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bundleEntry } from "@palisade/functions/bundle";
import { build } from "esbuild";

const SOURCE = join(import.meta.dirname, "functions");
const OUTPUT = join(import.meta.dirname, ".bundle");

/** The functions of weak: the modules of `weak/functions` that export a handler. */
export const FUNCTIONS = [
  "catalog",
  "orders",
  "order-import",
  "receipt",
  "carts",
  "partners",
  "admin",
  "session",
  "setup",
] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

/**
 * Packs one function the careless way: beside `index.mjs` the zip holds the source (`src/`), the templates and a `.env`.
 *
 * @returns the absolute path of the zip
 */
export async function zipOf(name: FunctionName): Promise<string> {
  return await bundleEntry(join(SOURCE, `${name}.ts`), `weak-${name}`, {
    outDir: OUTPUT,
    minify: false,
    files: { ...(await everything()), ...(name === "order-import" ? await syncFetchWorker() : {}) },
  });
}

async function everything(): Promise<Record<string, string>> {
  const files: Record<string, string> = { ".env": join(SOURCE, "production.env") };
  for (const name of await readdir(SOURCE)) if (name.endsWith(".ts")) files[`src/${name}`] = join(SOURCE, name);
  for (const name of await readdir(join(SOURCE, "templates"))) {
    files[`templates/${name}`] = join(SOURCE, "templates", name);
  }
  return files;
}

/** sync-fetch runs `worker.js`, from the folder that it is in, as a process of its own. */
async function syncFetchWorker(): Promise<Record<string, string>> {
  const worker = join(OUTPUT, "worker.js");
  const { outputFiles } = await build({
    entryPoints: [createRequire(import.meta.url).resolve("sync-fetch/worker.js")],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    logLevel: "silent",
  });
  await mkdir(OUTPUT, { recursive: true });
  // Another process that packs at the same time never reads half a file.
  const unfinished = `${worker}.${process.pid}`;
  await writeFile(unfinished, outputFiles[0]?.contents ?? "");
  await rename(unfinished, worker);
  return { "worker.js": worker };
}
