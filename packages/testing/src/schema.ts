import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Analyzer } from "@pulumi/pulumi/provider/experimental/analyzer.js";
import { generateSchema, type PackageSpec } from "@pulumi/pulumi/provider/experimental/schema.js";

/** The plugin's package name, which is the first part of every component's type token. */
const PROVIDER_NAME = "palisade";

/**
 * The Pulumi schema of a package's components, inferred from their sources as `pulumi package add` would infer it.
 *
 * @param packageDirectory The package's folder, with its entry at `src/index.ts`.
 * @param components The class names, each exported by the entry.
 * @throws Error of Pulumi's analyzer when a class or one of its arguments cannot be inferred.
 */
export function componentSchema(packageDirectory: string, components: string[]): PackageSpec {
  const entry = resolve(packageDirectory, "src/index.ts");
  const workspace = resolve(import.meta.dirname, "../../..");
  // The analyzer reads a tsconfig.json of the folder it is given, and takes every file of it. A folder of its own keeps the tests
  // out of the program and needs no tsconfig in each package.
  const folder = mkdtempSync(join(tmpdir(), "palisade-schema-"));
  try {
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: join(workspace, "tsconfig.base.json"),
        compilerOptions: { noEmit: true, typeRoots: [join(workspace, "node_modules/@types")] },
        files: [entry],
      }),
    );
    const manifest = { exports: { ".": entry } };
    const analyzer = new Analyzer(folder, PROVIDER_NAME, manifest, new Set(components));
    const { components: found, typeDefinitions, dependencies } = analyzer.analyze();
    return generateSchema(PROVIDER_NAME, "0.0.0", "", found, typeDefinitions, dependencies);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The environment variable that makes `goldenSchema` write instead of read. */
export const UPDATE_VARIABLE = "UPDATE_GOLDEN";

/**
 * The schema now, and the schema that `test/schema.golden.json` holds, for a test to compare: a change of a public option is
 * always a change of that file. With `UPDATE_GOLDEN=1` the file is written first.
 */
export function goldenSchema(packageDirectory: string, components: string[]): { actual: unknown; golden: unknown } {
  const file = resolve(packageDirectory, "test/schema.golden.json");
  const actual: unknown = JSON.parse(JSON.stringify(componentSchema(packageDirectory, components)));
  if (process.env[UPDATE_VARIABLE] === "1") writeFileSync(file, `${JSON.stringify(actual, undefined, 2)}\n`);
  if (!existsSync(file)) throw new Error(`${file} is missing; run the test once with ${UPDATE_VARIABLE}=1 to write it`);
  return { actual, golden: JSON.parse(readFileSync(file, "utf8")) };
}
