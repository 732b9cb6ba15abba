import { previewStage, previewText } from "./preview.ts";
import type { Program } from "./program.ts";
import { readStackConfig, STAGES } from "./stack-config.ts";

/**
 * What `pnpm preview` does with its arguments.
 *
 * @param load Loads the stages' program; called after the arguments are checked, since it brings all of Pulumi's AWS package.
 * @returns The exit code: 0, 1 when the program fails, 2 for arguments that are not allowed.
 */
export async function previewCommand(
  args: readonly string[],
  load: () => Promise<Program<unknown>>,
  print: { out(text: string): void; error(text: string): void },
): Promise<number> {
  const [stage, ...rest] = args;
  if (stage === undefined || rest.length > 0 || !(STAGES as readonly string[]).includes(stage)) {
    const received = args.length === 0 ? "no stage" : args.join(" ");
    print.error(`preview: received ${received}; allowed: one of ${STAGES.join(", ")}. For example: pnpm preview prod`);
    return 2;
  }
  try {
    // `weak` refuses to deploy outside of the sandbox; a preview deploys nothing.
    const config = { "palisade:iKnowThisIsVulnerable": "true", ...(await readStackConfig(stage)) };
    print.out(previewText(await previewStage({ stage, program: await load(), config })));
    return 0;
  } catch (error) {
    print.error((error as Error).message);
    return 1;
  }
}
