import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const packages = resolve(import.meta.dirname, "../../..");

/** The components that the published packages hold, by their own type tokens: what the plugin has to serve. */
export function componentsOfPackages(): string[] {
  return globSync("*/src/**/*.ts", { cwd: packages })
    .filter((file) => isPublished(file.split("/", 1)[0] as string))
    .flatMap((file) => [
      ...readFileSync(join(packages, file), "utf8").matchAll(/super\(\s*"palisade:index:(\w+)", name, \{\}, opts/g),
    ])
    .map(([, component]) => component as string)
    .sort();
}

function isPublished(name: string): boolean {
  return JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")).private !== true;
}
