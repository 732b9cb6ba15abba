import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { bundleEntry } from "@palisade/functions/bundle";
import { build } from "esbuild";

const SOURCE = join(import.meta.dirname, "functions");
const OUTPUT = join(import.meta.dirname, ".bundle");
const REPOSITORY = join(import.meta.dirname, "..", "..");
const BUNDLER = join(REPOSITORY, "functions", "build");

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
 * Packs one function the careless way: beside `index.mjs` the zip holds the source (`src/`), the templates and a `.env`. A zip
 * that was made of the same files is taken as it is: packing nine functions takes seconds.
 *
 * @returns the absolute path of the zip
 */
export async function zipOf(name: FunctionName): Promise<string> {
  const files = await everything();
  const outName = `weak-${name}-${await fingerprint(Object.values(files))}`;
  const made = join(OUTPUT, `${outName}.zip`);
  if (existsSync(made)) return made;
  return await bundleEntry(join(SOURCE, `${name}.ts`), outName, {
    outDir: OUTPUT,
    minify: false,
    files: { ...files, ...(name === "order-import" ? await syncFetchWorker() : {}) },
  });
}

/** Of all that a zip is made of: the sources, the versions of the libraries, and what packs them. */
async function fingerprint(sources: string[]): Promise<string> {
  const packers = [
    import.meta.filename,
    ...["bundle.ts", "replace-modules.ts", "zip.ts"].map((file) => join(BUNDLER, file)),
  ];
  const hash = createHash("sha256");
  for (const path of [...sources, ...packers, join(REPOSITORY, "pnpm-lock.yaml")]) {
    hash.update(basename(path)).update(await readFile(path));
  }
  return hash.digest("hex").slice(0, 12);
}

async function everything(): Promise<Record<string, string>> {
  const files: Record<string, string> = { ".env": join(SOURCE, "production.env") };
  for (const name of (await readdir(SOURCE)).sort()) {
    if (name.endsWith(".ts")) files[`src/${name}`] = join(SOURCE, name);
  }
  for (const name of (await readdir(join(SOURCE, "templates"))).sort()) {
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
