/** `pnpm preview STAGE`: the resources of a stage and what the policy pack says of them, with no credentials and no CLI. */
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// Most of a preview is the loading of modules: the second one finds them compiled.
enableCompileCache(join(fileURLToPath(new URL("../../../.palisade", import.meta.url)), "compiled"));
// Pulumi takes a stack trace of every promise, to tell of one that never ends. What the command says of a failure is its sentence alone.
Error.stackTraceLimit = 0;

const { previewCommand } = await import("./preview-command.ts");
const load = async () => (await import("@palisade/stacks")).default;
process.exitCode = await previewCommand(process.argv.slice(2), load, { out: console.log, error: console.error });
