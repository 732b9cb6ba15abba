/** Builds the functions and takes their bundles apart, for the rule of the bundles and for their bills of materials. */
import { readFile } from "node:fs/promises";
import { type Bundle, bundleDetails, functionNames } from "@palisade/functions/bundle";
import { unzipSync } from "fflate";
import type { LockFile } from "./lock-file.ts";
import type { JudgedBundle } from "./rules/bundles.ts";
import type { BundleFacts, Component } from "./sbom.ts";
import { packageOf } from "./workspace.ts";

/** A function's bundle as the rule sees it, and what its bill of materials is made of. */
export interface BuiltFunction {
  judged: JudgedBundle;
  facts: BundleFacts;
}

/** Builds every function. */
export async function builtFunctions(lockFile: LockFile): Promise<BuiltFunction[]> {
  return await Promise.all(functionNames().map(async (name) => takeApart(name, await bundleDetails(name), lockFile)));
}

async function takeApart(name: string, built: Bundle, { packages }: LockFile): Promise<BuiltFunction> {
  const components = new Map<string, Component>();
  for (const input of built.inputs) {
    const found = packageOf(input);
    if (found === undefined) continue;
    const locked = packages.find((each) => each.name === found.name && each.version === found.version);
    components.set(`${found.name}@${found.version}`, {
      ...found,
      integrity: String(locked?.resolution.integrity ?? ""),
    });
  }
  const files = unzipSync(await readFile(built.path));
  return {
    judged: {
      name,
      codeBytes: built.codeBytes,
      packages: [...components.values()].map((component) => component.name),
      sources: built.inputs.filter((input) => packageOf(input) === undefined),
      files: new Map(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString()])),
    },
    facts: { name, sha256: built.sha256, components: [...components.values()] },
  };
}
