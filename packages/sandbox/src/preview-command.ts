import { writeFile } from "node:fs/promises";
import { previewStage } from "./preview.ts";
import { previewText } from "./preview-text.ts";
import type { Program } from "./program.ts";
import { readStackConfig, STAGES } from "./stack-config.ts";

/**
 * What `pnpm preview` does with its arguments.
 *
 * @param load Loads the stages' program; called after the arguments are checked, since it brings all of Pulumi's AWS package.
 * @returns The exit code: 0, 1 when the program fails or a mandatory rule is violated, 2 for arguments that are not allowed.
 */
export async function previewCommand(
  args: readonly string[],
  load: () => Promise<Program<unknown>>,
  print: { out(text: string): void; error(text: string): void },
): Promise<number> {
  const [stage, option, file, ...rest] = args;
  const options = option === undefined || (option === "--json" && file !== undefined && rest.length === 0);
  if (stage === undefined || !options || !(STAGES as readonly string[]).includes(stage)) {
    const received = args.length === 0 ? "no stage" : args.join(" ");
    print.error(
      `preview: received ${received}; allowed: one of ${STAGES.join(", ")}, then --json FILE or nothing. For example: pnpm preview prod`,
    );
    return 2;
  }
  try {
    // `weak` refuses to deploy outside of the sandbox; a preview deploys nothing.
    const config = { "palisade:iKnowThisIsVulnerable": "true", ...(await readStackConfig(stage)) };
    const preview = await previewStage({ stage, program: await load(), config });
    print.out(previewText(preview));
    if (file !== undefined) await writeFile(file, `${JSON.stringify(preview, undefined, 2)}\n`);
    return preview.policy.findings.some(({ level }) => level === "mandatory") ? 1 : 0;
  } catch (error) {
    print.error((error as Error).message);
    return 1;
  }
}
