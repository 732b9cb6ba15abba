/**
 * `pnpm run build`: compiles each package that is published to its `dist`: JavaScript and declarations, which its manifest names in
 * `publishConfig`. Inside the workspace nothing reads `dist`: packages import each other's sources. Of the plugin it also holds what Pulumi
 * runs, one CommonJS file.
 */
import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { bundlePlugin } from "../packages/plugin/build/bundle.mjs";
import { publishedPackages, ROOT } from "./published.ts";

for (const { manifest, folder } of publishedPackages()) {
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  // One configuration for all, whose paths are the package's: TypeScript takes `${configDir}` from the file that it is given.
  const config = join(folder, "tsconfig.build.tmp.json");
  writeFileSync(config, JSON.stringify({ extends: "../../tsconfig.build.json", include: ["src"] }));
  try {
    const { status } = spawnSync("tsc", ["-p", config], { stdio: "inherit", cwd: ROOT });
    if (status !== 0) {
      console.error(`${manifest.name} does not compile: see above`);
      process.exit(1);
    }
  } finally {
    rmSync(config, { force: true });
  }
  if (manifest.name === "palisade") await bundlePlugin();
  console.log(`${manifest.name} -> ${relative(ROOT, join(folder, "dist"))}`);
}
