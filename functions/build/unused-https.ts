import { join } from "node:path";
import type { Plugin } from "esbuild";

const STAND_IN = join(import.meta.dirname, "unused-https-stand-in.ts");

/**
 * An esbuild plugin that leaves aws-jwt-verify's own client of HTTPS out. The authorizer fetches key sets itself (`authorizer/jwks.ts`), and
 * loading `node:https` for nothing is a third of the authorizer's time to load.
 */
export const unusedHttps: Plugin = {
  name: "unused-https",
  setup(build) {
    build.onResolve({ filter: /^\.\/https-node\.js$/ }, ({ importer }) =>
      importer.includes("aws-jwt-verify") ? { path: STAND_IN } : undefined,
    );
  },
};
