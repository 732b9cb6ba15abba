import { dirname, resolve } from "node:path";
import type { Plugin } from "esbuild";

/**
 * An esbuild plugin that puts a stand-in in the place of a module, wherever it is imported. The stand-in itself may import
 * the module that it replaces.
 *
 * @param replacements absolute path of a module to the absolute path of its stand-in
 */
export function replaceModules(replacements: ReadonlyMap<string, string>): Plugin {
  return {
    name: "replace-modules",
    setup(build) {
      if (replacements.size === 0) return;
      build.onResolve({ filter: /^[./]/ }, (args) => {
        if (args.kind === "entry-point") return undefined;
        const standIn = replacements.get(resolve(args.importer ? dirname(args.importer) : args.resolveDir, args.path));
        return standIn === undefined || standIn === args.importer ? undefined : { path: standIn };
      });
    },
  };
}
