/** `pnpm preview STAGE`: the resources of a stage and what the policy pack says of them, with no credentials and no CLI. */
import { previewCommand } from "./preview-command.ts";

const load = async () => (await import("@palisade/stacks")).default;
process.exitCode = await previewCommand(process.argv.slice(2), load, { out: console.log, error: console.error });
