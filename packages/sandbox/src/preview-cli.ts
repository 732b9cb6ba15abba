/** `pnpm preview STAGE`: the stage's resources, with no credentials and no CLI. */
import { previewStage, previewText } from "./preview.ts";
import { readStackConfig, STAGES } from "./stack-config.ts";

const [stage, ...rest] = process.argv.slice(2);

if (stage === undefined || rest.length > 0 || !(STAGES as readonly string[]).includes(stage)) {
  const received = stage === undefined ? "no stage" : [stage, ...rest].join(" ");
  console.error(`preview: received ${received}; allowed: one of ${STAGES.join(", ")}. For example: pnpm preview prod`);
  process.exitCode = 2;
} else {
  // Loaded after the check: the program of the stages brings all of Pulumi's AWS package with it.
  const { default: program } = await import("@palisade/stacks");
  // `weak` refuses to deploy outside of the sandbox; a preview deploys nothing.
  const config = { "palisade:iKnowThisIsVulnerable": "true", ...(await readStackConfig(stage)) };
  try {
    console.log(previewText(await previewStage({ stage, program, config })));
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
