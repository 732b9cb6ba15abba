import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = fileURLToPath(new URL("..", import.meta.url));

/**
 * Writes the plugin as one CommonJS file. Pulumi `require`s the entry of a plugin and runs no build script, so that neither TypeScript nor, on
 * every Node that Pulumi supports, an ES module would load.
 *
 * What is not in it is loaded beside it: Pulumi's SDKs, of which a process has one copy, and Cedar's engine, which loads its own wasm file.
 *
 * @param {string} [outfile] Default: `main` of package.json.
 */
export async function bundlePlugin(outfile = `${folder}dist/plugin.cjs`) {
  await build({
    absWorkingDir: folder,
    entryPoints: ["build/plugin.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["@pulumi/*", "@cedar-policy/*"],
    define: { "import.meta.url": "moduleUrl" },
    inject: ["build/module-url.mjs"],
    legalComments: "inline",
    logLevel: "warning",
  });
}
