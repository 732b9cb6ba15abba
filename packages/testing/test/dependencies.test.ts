import { existsSync, globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

/**
 * The direction of the dependencies, as docs/architecture.md says it: stacks -> components -> core; the functions import nothing of
 * ours; the sandbox, the lab and the tests' recorder may import anything, and nothing published imports them.
 *
 * `imports` is what the sources of a package may import of ours. A new package needs a row here.
 */
const PACKAGES: Record<string, { imports: string[]; published: boolean; ships?: string[] }> = {
  "packages/core": { imports: [], published: true },
  "packages/storage": { imports: ["core"], published: true },
  "packages/analytics-pipeline": {
    imports: ["core", "storage"],
    published: true,
    // What AWS runs: the job's and the forecast's Python, the queries, the dashboard's definition.
    ships: ["dashboards", "forecast", "job", "queries", "!**/__pycache__", "!**/tests"],
  },
  "packages/hardened-function": { imports: ["core", "storage"], published: true },
  "packages/secure-gateway": { imports: ["core", "storage"], published: true },
  "packages/edge-firewall": { imports: ["core"], published: true },
  "packages/hardened-database": { imports: ["core", "storage"], published: true },
  "packages/threat-detection": { imports: ["core", "storage"], published: true, ships: ["siem", "sigma"] },
  "packages/web-frontend": { imports: ["core", "storage"], published: true },
  "packages/policy-pack": { imports: [], published: true },
  "packages/plugin": {
    imports: [
      "analytics-pipeline",
      "edge-firewall",
      "hardened-database",
      "hardened-function",
      "secure-gateway",
      "threat-detection",
      "web-frontend",
    ],
    published: true,
    // Pulumi knows a plugin by this file.
    ships: ["PulumiPlugin.yaml"],
  },
  functions: { imports: [], published: false },
  stacks: {
    imports: [
      "analytics-pipeline",
      "core",
      "hardened-function",
      "secure-gateway",
      "hardened-database",
      "edge-firewall",
      "threat-detection",
      "web-frontend",
      "functions",
    ],
    published: false,
  },
  "packages/testing": { imports: ["*"], published: false },
  "packages/sandbox": { imports: ["*"], published: false },
  "packages/lab": { imports: ["*"], published: false },
  "packages/supply-chain": { imports: ["functions"], published: false },
  bench: { imports: ["*"], published: false },
  "examples/analytics": { imports: ["analytics-pipeline"], published: false },
  "examples/account": { imports: ["threat-detection"], published: false },
  "examples/adopt": { imports: ["edge-firewall", "hardened-database", "secure-gateway"], published: false },
  "examples/database": { imports: ["hardened-database", "hardened-function"], published: false },
  "examples/edge": { imports: ["core", "edge-firewall"], published: false },
  "examples/gateway": {
    imports: ["core", "hardened-function", "secure-gateway", "hardened-database"],
    published: false,
  },
  "examples/policies": { imports: ["core", "secure-gateway"], published: false },
  "examples/page": { imports: ["core", "edge-firewall", "web-frontend"], published: false },
  "examples/shared-authorizer": {
    imports: ["core", "edge-firewall", "hardened-function", "secure-gateway"],
    published: false,
  },
  "examples/threats": { imports: ["core", "functions", "hardened-function", "threat-detection"], published: false },
  "examples/teams": { imports: ["core", "hardened-function"], published: false },
  "examples/users": { imports: ["secure-gateway"], published: false },
  "examples/one-function": { imports: ["core", "hardened-function"], published: false },
};

/** Real packages that are vulnerable by design of the weak stage. */
const VULNERABLE_PACKAGES = ["node-serialize", "libxmljs", "libxmljs2"];
const VULNERABLE_PLACES = ["stacks/weak/", "packages/lab/"];

const root = resolve(import.meta.dirname, "../../..");

interface Manifest {
  private?: boolean;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

interface Source {
  /** The file's path in the repository. */
  file: string;
  /** Module specifiers of every static and dynamic import and re-export, types included. */
  specifiers: string[];
}

function sourcesOf(folder: string): Source[] {
  return globSync("**/*.ts", {
    cwd: join(root, folder),
    exclude: ["**/node_modules/**", "**/dist/**", "**/.bundle/**"],
  })
    .filter((file) => !isTest(file))
    .map((file) => ({
      file: join(folder, file),
      specifiers: ts
        .preProcessFile(readFileSync(join(root, folder, file), "utf8"), true, true)
        .importedFiles.map(({ fileName }) => fileName),
    }));
}

function isTest(file: string): boolean {
  return file.startsWith("test/") || file.endsWith(".d.ts");
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
}

/** The name of the package that a specifier is in: `@palisade/functions` for `@palisade/functions/bundle`. */
function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function isOurs(name: string): boolean {
  return name.startsWith("@palisade/");
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith("node:") || builtinModules.includes(specifier);
}

function mayImport(folder: string, name: string): boolean {
  const imports = PACKAGES[folder]?.imports ?? [];
  return imports.includes("*") || imports.includes(name.replace("@palisade/", ""));
}

const folders = Object.keys(PACKAGES);
// The lab's stand-ins and their like take the place of a module of another package, and are compiled beside it.
const confined = folders.filter((folder) => !PACKAGES[folder]?.imports.includes("*"));
const published = folders.filter((folder) => PACKAGES[folder]?.published);

describe("the packages", () => {
  it("are all in the table above", () => {
    const patterns = ["packages/*", "functions", "stacks", "bench", "examples/*"];
    const found = patterns.flatMap((pattern) => globSync(`${pattern}/package.json`, { cwd: root }));

    expect(found.map((file) => file.replace("/package.json", "")).sort()).toEqual([...folders].sort());
  });

  it.each(folders)("%s is published only if the table says so", (folder) => {
    expect(manifestOf(folder).private !== true).toBe(PACKAGES[folder]?.published);
  });
});

describe("the sources", () => {
  it.each(folders)("of %s import only what its row allows", (folder) => {
    const forbidden = sourcesOf(folder).flatMap(({ file, specifiers }) =>
      specifiers
        .map(packageOf)
        .filter((name) => isOurs(name) && !mayImport(folder, name))
        .map((name) => `${file} imports ${name}`),
    );

    expect(forbidden).toEqual([]);
  });

  it.each(confined)("of %s do not reach into another package by a path", (folder) => {
    const escapes = sourcesOf(folder).flatMap(({ file, specifiers }) =>
      specifiers
        .filter((specifier) => specifier.startsWith("."))
        .filter((specifier) => relative(join(root, folder), resolve(root, file, "..", specifier)).startsWith(".."))
        .map((specifier) => `${file} imports ${specifier}`),
    );

    expect(escapes).toEqual([]);
  });

  it.each(published)("of %s import only packages that its users get with it", (folder) => {
    const { dependencies, peerDependencies } = manifestOf(folder);
    const declared = { ...dependencies, ...peerDependencies };
    const undeclared = sourcesOf(folder).flatMap(({ file, specifiers }) =>
      specifiers
        .filter((specifier) => !specifier.startsWith(".") && !isBuiltin(specifier))
        .map(packageOf)
        .filter((name) => !Object.hasOwn(declared, name))
        .map((name) => `${file} imports ${name}`),
    );

    expect(undeclared).toEqual([]);
  });

  it("are there: a pattern that finds nothing would pass everything", () => {
    expect(sourcesOf("packages/core").map(({ file }) => file)).toContain("packages/core/src/index.ts");
    expect(sourcesOf("packages/hardened-function").flatMap(({ specifiers }) => specifiers)).toContain("@palisade/core");
  });

  it("load vulnerable packages only where vulnerable code lives", () => {
    const loaded = folders
      .flatMap(sourcesOf)
      .filter(({ file }) => !VULNERABLE_PLACES.some((place) => file.startsWith(place)))
      .flatMap(({ file, specifiers }) =>
        specifiers
          .filter((name) => VULNERABLE_PACKAGES.includes(packageOf(name)))
          .map((name) => `${file} imports ${name}`),
      );

    expect(loaded).toEqual([]);
  });
});

describe("the manifests", () => {
  it.each(folders)("of %s depend only on what its row allows", (folder) => {
    const { dependencies, peerDependencies, optionalDependencies } = manifestOf(folder);
    const names = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }).filter(isOurs);

    expect(names.filter((name) => !mayImport(folder, name))).toEqual([]);
  });

  it.each(published)("of %s has Pulumi as a peer, so that a program has one copy of it", (folder) => {
    const { dependencies = {}, peerDependencies = {} } = manifestOf(folder);

    expect(Object.keys(dependencies).filter((name) => name.startsWith("@pulumi/"))).toEqual([]);
    expect(Object.keys(peerDependencies)).toContain("@pulumi/pulumi");
  });

  it.each(published)("of %s publishes only its compiled files, and what its row names", (folder) => {
    const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));

    expect(manifest.files).toEqual(["dist", ...(PACKAGES[folder]?.ships ?? [])]);
    expect(existsSync(join(root, folder, "src/index.ts"))).toBe(true);
  });
});
