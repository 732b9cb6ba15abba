import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** One package of pnpm's lock file. */
export interface LockedPackage {
  name: string;
  version: string;
  /** How its file is found and known: of a registry, an integrity and nothing else. */
  resolution: Record<string, unknown>;
}

/** What is read of pnpm's lock file. */
export interface LockFile {
  packages: LockedPackage[];
  /** The direct dependencies of each package of the workspace, by its folder: name to the version that is installed. */
  importers: Record<string, Record<string, string>>;
  /** Who depends on each package, among the packages: `name@version` to the names and versions of the dependants. */
  dependants: Map<string, string[]>;
}

interface Raw {
  importers: Record<string, Record<string, Record<string, { version: string }>>>;
  packages?: Record<string, { resolution: Record<string, unknown> }>;
  snapshots?: Record<string, { dependencies?: Record<string, string>; optionalDependencies?: Record<string, string> }>;
}

/** Reads pnpm's lock file (version 9). */
export function readLockFile(path: string): LockFile {
  return parseLockFile(readFileSync(path, "utf8"));
}

/** As `readLockFile`, of its text. */
export function parseLockFile(text: string): LockFile {
  const { importers, packages = {}, snapshots = {} } = parse(text) as Raw;
  const dependants = new Map<string, string[]>();
  for (const [key, { dependencies, optionalDependencies }] of Object.entries(snapshots)) {
    for (const [name, version] of Object.entries({ ...dependencies, ...optionalDependencies })) {
      const dependency = `${name}@${withoutPeers(version)}`;
      dependants.set(dependency, [...(dependants.get(dependency) ?? []), withoutPeers(key)]);
    }
  }
  return {
    packages: Object.entries(packages).map(([key, { resolution }]) => ({ ...nameAndVersion(key), resolution })),
    importers: Object.fromEntries(
      Object.entries(importers).map(([folder, groups]) => [
        folder,
        Object.fromEntries(
          ["dependencies", "devDependencies", "optionalDependencies"].flatMap((group) =>
            Object.entries(groups[group] ?? {}).map(([name, { version }]) => [name, withoutPeers(version)]),
          ),
        ),
      ]),
    ),
    dependants,
  };
}

function nameAndVersion(key: string): { name: string; version: string } {
  const at = key.lastIndexOf("@");
  return { name: key.slice(0, at), version: key.slice(at + 1) };
}

// pnpm writes the peers that a package was installed beside in brackets after its version.
function withoutPeers(version: string): string {
  return version.replace(/\(.*$/, "");
}
