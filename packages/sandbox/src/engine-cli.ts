/** `pnpm engine [stage…]`: the stages with Pulumi's own engine against the sandbox's provider. */
import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runStages } from "./engine/command.ts";
import { labDirectory } from "./paths.ts";

const directory = join(labDirectory, `engine-${randomBytes(4).toString("hex")}`);
try {
  process.exitCode = await runStages({
    stages: process.argv.slice(2),
    directory,
    cache: labDirectory,
    stackConfigDirectory: fileURLToPath(new URL("../../../stacks", import.meta.url)),
    print: (line) => console.log(line),
  });
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await rm(directory, { recursive: true, force: true });
}
