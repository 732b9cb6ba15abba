/**
 * Bundles a function into the zip that Lambda runs: one `index.mjs`, nothing else, the same bytes on every machine.
 * Everything here is asynchronous because esbuild runs plugins in its asynchronous API only; `new pulumi.asset.FileArchive`
 * takes the promise as it is.
 */
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { type BuildResult, build } from "esbuild";
import { replaceModules } from "./replace-modules.ts";
import { unusedHttps } from "./unused-https.ts";
import { deterministicZip } from "./zip.ts";

const FUNCTIONS_DIR = resolve(import.meta.dirname, "..");
const SOURCE_DIR = join(FUNCTIONS_DIR, "src");
const REPOSITORY_DIR = resolve(FUNCTIONS_DIR, "..");

/** Where the zips go when `outDir` is not given: `functions/.bundle`, which git ignores. */
export const BUNDLE_DIR = join(FUNCTIONS_DIR, ".bundle");

// CommonJS packages (mysql2) call `require` for Node's own modules, which an ES module does not have.
const REQUIRE_BANNER = 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);';

/** What `bundle` and `bundleDetails` accept. */
export interface BundleOptions {
  /**
   * Modules to replace: the path of a module, under `functions/src` or absolute, to the path of its stand-in, under the
   * repository or absolute. A module that the function does not import is an error, so that no replacement is without effect.
   * Nothing is replaced by default.
   */
  replace?: Record<string, string>;
  /** The folder of the zips, absolute. By default `functions/.bundle`. */
  outDir?: string;
}

/** What `bundleEntry` accepts besides. */
export interface BundleEntryOptions extends BundleOptions {
  /** Further files of the zip: path inside the zip to path on the disk. By default there is none but `index.mjs`. */
  files?: Record<string, string>;
  /** Whether the code is minified. By default it is. */
  minify?: boolean;
}

/** One built bundle. */
export interface Bundle {
  /** The absolute path of the zip. */
  path: string;
  /** The absolute path of the source map, which is in no zip. */
  sourceMapPath: string;
  /** Bytes of `index.mjs`. */
  codeBytes: number;
  /** Bytes of `index.mjs`, gzipped. */
  gzipBytes: number;
  /** Bytes of the zip. */
  zipBytes: number;
  /** The files that the bundle was made of, under the repository, sorted. */
  inputs: string[];
  /** SHA-256 of the zip, hexadecimal. */
  sha256: string;
}

/** The names that `bundle` takes: the folders of `functions/src` with a `handler.ts`, sorted. */
export function functionNames(): string[] {
  return readdirSync(SOURCE_DIR, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(SOURCE_DIR, entry.name, "handler.ts")))
    .map((entry) => entry.name)
    .sort();
}

/**
 * Bundles one function.
 *
 * @returns the absolute path of its zip
 * @throws Error when there is no such function, a replaced module is not part of it, or the code does not build
 */
export async function bundle(name: string, options: BundleOptions = {}): Promise<string> {
  return (await bundleDetails(name, options)).path;
}

/** As `bundle`, with the sizes and the list of the inputs. */
export async function bundleDetails(name: string, options: BundleOptions = {}): Promise<Bundle> {
  const names = functionNames();
  if (!names.includes(name)) {
    throw new Error(`bundle: no function "${name}"; the functions are ${names.join(", ")}`);
  }
  return await bundleEntryDetails(join(SOURCE_DIR, name, "handler.ts"), name, options);
}

/**
 * Bundles any entry file, such as a handler of the weak stage, with further files if they are given.
 *
 * @param entryFile absolute path of a module that exports `handler`
 * @param outName the zip is called `<outName>.zip`
 * @returns the absolute path of the zip
 */
export async function bundleEntry(
  entryFile: string,
  outName: string,
  options: BundleEntryOptions = {},
): Promise<string> {
  return (await bundleEntryDetails(entryFile, outName, options)).path;
}

/** Bundles that are being made: a preview runs a stage's program twice at the same time, and each run asks for the same. */
const underway = new Map<string, Promise<Bundle>>();

/** As `bundleEntry`, with the sizes and the list of the inputs. */
export async function bundleEntryDetails(
  entryFile: string,
  outName: string,
  options: BundleEntryOptions = {},
): Promise<Bundle> {
  const key = JSON.stringify([entryFile, outName, options]);
  const found = underway.get(key);
  if (found !== undefined) return found;
  const made = makeBundle(entryFile, outName, options).finally(() => underway.delete(key));
  underway.set(key, made);
  return made;
}

async function makeBundle(entryFile: string, outName: string, options: BundleEntryOptions): Promise<Bundle> {
  const replacements = resolveReplacements(outName, options.replace ?? {});
  const result = await compile(entryFile, replacements, options.minify ?? true);
  const inputs = Object.keys(result.metafile.inputs).map((path) => resolve(REPOSITORY_DIR, path));
  refuseUnusedReplacements(outName, replacements, inputs);

  const code = contentOf(result, ".mjs");
  const entries: Record<string, Buffer> = { "index.mjs": code };
  for (const [path, source] of Object.entries(options.files ?? {})) entries[path] = await readFile(source);
  const zip = await deterministicZip(entries);

  const outDir = options.outDir ?? BUNDLE_DIR;
  const fileName = `${outName}${variant(replacements)}`;
  const path = join(outDir, `${fileName}.zip`);
  const sourceMapPath = join(outDir, "maps", `${fileName}.mjs.map`);
  await mkdir(join(outDir, "maps"), { recursive: true });
  await writeWhole(path, zip);
  await writeWhole(sourceMapPath, contentOf(result, ".map"));
  return {
    path,
    sourceMapPath,
    codeBytes: code.length,
    gzipBytes: (await promisify(gzip)(code, { level: 9 })).length,
    zipBytes: zip.length,
    inputs: inputs.map((input) => relative(REPOSITORY_DIR, input)).sort(),
    sha256: createHash("sha256").update(zip).digest("hex"),
  };
}

type Compiled = BuildResult<{ metafile: true; write: false }>;

async function compile(entry: string, replacements: ReadonlyMap<string, string>, minify: boolean): Promise<Compiled> {
  const run = (banner: string) =>
    build({
      entryPoints: [entry],
      outfile: "index.mjs",
      absWorkingDir: REPOSITORY_DIR,
      bundle: true,
      platform: "node",
      target: "node24",
      format: "esm",
      mainFields: ["module", "main"],
      minify,
      legalComments: "none",
      sourcemap: "external",
      sourcesContent: false,
      metafile: true,
      write: false,
      logLevel: "silent",
      banner: { js: banner },
      plugins: [replaceModules(replacements), unusedHttps],
    });
  const result = await run("");
  // esbuild puts this sentence where a CommonJS package calls `require` and the output has none.
  return contentOf(result, ".mjs").includes("Dynamic require of") ? await run(REQUIRE_BANNER) : result;
}

function contentOf(result: Compiled, extension: string): Buffer {
  const file = result.outputFiles.find((output) => output.path.endsWith(extension));
  if (file === undefined) throw new Error(`bundle: esbuild wrote no ${extension} file`);
  return Buffer.from(file.contents);
}

function resolveReplacements(outName: string, replace: Record<string, string>): Map<string, string> {
  const resolved = new Map<string, string>();
  for (const [module, standIn] of Object.entries(replace)) {
    const from = isAbsolute(module) ? module : resolve(SOURCE_DIR, module);
    const to = isAbsolute(standIn) ? standIn : resolve(REPOSITORY_DIR, standIn);
    for (const path of [from, to]) {
      if (!existsSync(path)) {
        throw new Error(
          `bundle: replace of "${outName}": no file ${path}; write the module's path under functions/src or absolute, ` +
            "and the stand-in's path under the repository or absolute",
        );
      }
    }
    resolved.set(from, to);
  }
  return resolved;
}

function refuseUnusedReplacements(outName: string, replacements: ReadonlyMap<string, string>, inputs: string[]): void {
  for (const [module, standIn] of replacements) {
    if (inputs.includes(standIn)) continue;
    const modules = inputs.filter((input) => input.startsWith(SOURCE_DIR)).map((input) => relative(SOURCE_DIR, input));
    throw new Error(
      `bundle: replace of "${outName}": ${relative(SOURCE_DIR, module)} is not part of it; its modules are ` +
        modules.sort().join(", "),
    );
  }
}

// A bundle with stand-ins never takes the file name of the real one.
function variant(replacements: ReadonlyMap<string, string>): string {
  if (replacements.size === 0) return "";
  const lines = [...replacements].map((pair) => pair.map((path) => relative(REPOSITORY_DIR, path)).join(" "));
  return `-${createHash("sha256").update(lines.sort().join("\n")).digest("hex").slice(0, 12)}`;
}

// A reader of the same name in another process sees the old file or the new one, never half of one.
async function writeWhole(path: string, content: Buffer): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, content);
  await rename(unfinished, path);
}
