/** Reads the workspace: what is installed, what the settings say, what the sources import. The rules see only what is read here. */
import { execFile } from "node:child_process";
import { existsSync, globSync, lstatSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import type { Scripted, ScriptSettings } from "./rules/install-scripts.ts";
import type { Licensed } from "./rules/licences.ts";
import type { AgeSettings, PublishedAt } from "./rules/minimum-age.ts";
import type { Audit } from "./rules/vulnerabilities.ts";

export const ROOT = resolve(import.meta.dirname, "../../..");

/** Runs a command and returns what it printed; rejects, with that in `stdout`, when it ends with another code than 0. */
export type Runner = (command: string, args: string[], cwd: string) => Promise<string>;

const execute = promisify(execFile);
const run: Runner = async (command, args, cwd) =>
  (await execute(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 })).stdout;
const PNPM = ["-y", "pnpm@10"];
const INSTALL_SCRIPTS = ["preinstall", "install", "postinstall"];
const SOURCES = ["packages/*/src/**/*.ts", "functions/{src,build}/**/*.ts", "stacks/**/*.ts", "bench/**/*.ts"];

type LicenceField = string | { type?: string } | (string | { type?: string })[];

interface Manifest {
  name: string;
  version: string;
  license?: LicenceField;
  licenses?: LicenceField;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

/** Every package that pnpm has installed, of any depth. */
export function installedPackages(root = ROOT): (Licensed & Scripted)[] {
  const store = join(root, "node_modules/.pnpm");
  return globSync("*/node_modules/{@*/*,[!@.]*}/package.json", { cwd: store }).flatMap((file) => {
    const path = join(store, file);
    // A link leads to a package that is listed where it is.
    if (lstatSync(dirname(path)).isSymbolicLink()) return [];
    const manifest = readManifest(path);
    return [
      {
        name: manifest.name,
        version: manifest.version,
        licence: licenceIn(manifest),
        scripts: scriptsOf(manifest, dirname(path)),
      },
    ];
  });
}

function scriptsOf({ scripts = {} }: Manifest, folder: string): string[] {
  const named = INSTALL_SCRIPTS.filter((name) => scripts[name] !== undefined);
  return named.length === 0 && existsSync(join(folder, "binding.gyp")) ? ["binding.gyp"] : named;
}

// Old manifests have an object, or a list of them, under either name.
function licenceIn({ license, licenses }: Manifest): string {
  const given = [license ?? licenses ?? ""].flat();
  return given.map((each) => (typeof each === "string" ? each : (each.type ?? ""))).join(" OR ");
}

/** The name, version and licence of the package that a bundled file belongs to; undefined for a file of ours. */
export function packageOf(input: string, root = ROOT): Licensed | undefined {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
  if (folder === undefined) return undefined;
  const manifest = readManifest(join(root, folder, "package.json"));
  return { name: manifest.name, version: manifest.version, licence: licenceIn(manifest) };
}

/** What each manifest of the workspace depends on, but the peers, which are ranges on purpose. */
export function manifestDependencies(root = ROOT): Record<string, Record<string, string>> {
  const files = globSync(
    "{package.json,{packages,examples}/*/package.json,functions/package.json,stacks/package.json,bench/package.json}",
    { cwd: root },
  );
  return Object.fromEntries(
    files.sort().map((file) => {
      const { dependencies, devDependencies, optionalDependencies } = readManifest(join(root, file));
      return [file, { ...dependencies, ...devDependencies, ...optionalDependencies }];
    }),
  );
}

/** The packages that each of our sources imports. */
export function sourceImports(root = ROOT): Record<string, string[]> {
  const files = SOURCES.flatMap((pattern) =>
    globSync(pattern, { cwd: root, exclude: ["**/node_modules/**", "**/dist/**", "**/.bundle/**"] }),
  );
  return Object.fromEntries(files.map((file) => [file, importsOf(readFileSync(join(root, file), "utf8"))]));
}

/** The names of the packages that a source imports, by any form of import. */
export function importsOf(source: string): string[] {
  const specifiers = source.matchAll(/(?:from\s*|import\s*\(?\s*|require(?:\.resolve)?\(\s*)["']([^"'.][^"']*)["']/g);
  return [...specifiers].map(([, name = ""]) =>
    name
      .split("/")
      .slice(0, name.startsWith("@") ? 2 : 1)
      .join("/"),
  );
}

/** pnpm's settings of the workspace. */
export function workspaceSettings(root = ROOT): ScriptSettings & AgeSettings {
  return parse(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8")) as ScriptSettings & AgeSettings;
}

/** The Python lists with their texts. `requirements.in` is what a list is compiled from. */
export function pythonRequirements(root = ROOT): Record<string, string> {
  return texts(
    globSync("{packages,functions,stacks}/**/requirements*.txt", { cwd: root, exclude: ["**/node_modules/**"] }),
    root,
  );
}

/** The Go modules with their files. */
export function goModules(root = ROOT): Record<string, { mod: string; sum: string }> {
  const files = globSync("{packages,functions,stacks}/**/go.mod", { cwd: root, exclude: ["**/node_modules/**"] });
  return Object.fromEntries(
    files.map((file) => {
      const sum = join(root, dirname(file), "go.sum");
      return [
        dirname(file),
        { mod: readFileSync(join(root, file), "utf8"), sum: existsSync(sum) ? readFileSync(sum, "utf8") : "" },
      ];
    }),
  );
}

/** What `pnpm audit` says, or undefined where it says nothing that can be read. */
export async function pnpmAudit(runner: Runner = run): Promise<Audit | undefined> {
  // It ends with 1 where it finds something, or where the registry has no audit.
  const printed = await runner("npx", [...PNPM, "audit", "--json"], ROOT).catch(
    ({ stdout = "" }: { stdout?: string }) => stdout,
  );
  try {
    return JSON.parse(printed) as Audit;
  } catch {
    return undefined;
  }
}

/** When versions were published, as the registry of pnpm's configuration says. A package is asked for once. */
export function registryTimes(runner: Runner = run): PublishedAt {
  const known = new Map<string, Promise<string>>();
  return async (name, version) => {
    const asked = known.get(name) ?? runner("npx", [...PNPM, "view", name, "time", "--json"], ROOT);
    known.set(name, asked);
    const time = (JSON.parse(await asked) as Record<string, string>)[version];
    return time === undefined ? undefined : Date.parse(time);
  };
}

/** The text of a file at a commit, or undefined where there is none, such as in a shallow clone. */
export async function fileAt(commit: string, file: string): Promise<string | undefined> {
  return await run("git", ["show", `${commit}:${file}`], ROOT).catch(() => undefined);
}

function texts(files: string[], root: string): Record<string, string> {
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
}

function readManifest(path: string): Manifest {
  return JSON.parse(readFileSync(path, "utf8")) as Manifest;
}
