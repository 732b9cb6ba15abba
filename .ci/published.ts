import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What is read of a package's manifest. */
export interface Manifest {
  name: string;
  version: string;
  private?: boolean;
  files: string[];
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** A package that is published. */
export interface PublishedPackage {
  manifest: Manifest;
  /** Its folder, absolute. */
  folder: string;
}

export const ROOT = join(import.meta.dirname, "..");

/** The packages that are published, each after those of ours that it depends on. */
export function publishedPackages(): PublishedPackage[] {
  const waiting = globSync("packages/*/package.json", { cwd: ROOT })
    .sort()
    .map((file) => ({ folder: join(ROOT, dirname(file)), manifest: readManifest(join(ROOT, file)) }))
    .filter(({ manifest, folder }) => manifest.private !== true && existsSync(join(folder, "src")));
  const names = new Set(waiting.map(({ manifest }) => manifest.name));
  const ordered: PublishedPackage[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex(({ manifest }) =>
      Object.keys(manifest.dependencies ?? {}).every(
        (name) => !names.has(name) || ordered.some((each) => each.manifest.name === name),
      ),
    );
    if (next === -1) throw new Error(`packages depend on each other: ${waiting.map(({ manifest }) => manifest.name)}`);
    ordered.push(...waiting.splice(next, 1));
  }
  return ordered;
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8"));
}
