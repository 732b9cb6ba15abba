import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Suppression } from "@palisade/policy-pack";
import { type Preview, previewStage } from "./preview.ts";
import { previewMarkdown } from "./preview-markdown.ts";
import { previewSarif } from "./preview-sarif.ts";
import { readSaved, savedFile, writeSaved } from "./preview-saved.ts";
import { packConfig, readSuppressions, SUPPRESSIONS_FILE } from "./preview-suppressions.ts";
import { previewText } from "./preview-text.ts";
import type { Program } from "./program.ts";
import { readStackConfig, STAGES } from "./stack-config.ts";

export const HELP = `pnpm preview STAGE [options]: what a stage would be, and what the policy pack says of it. It needs no credentials and no CLI.

  STAGE                 ${STAGES.join(", ")}
  --json FILE           write all of it as JSON
  --sarif FILE          write the findings as SARIF 2.1.0, for code scanning
  --terraform FILE      write the resources as a plan of Terraform's, for checkov and tools like it
  --markdown FILE       write a comment for a pull request
  --save                keep this preview; the next one says what is different
  --saved FILE          the file to keep it in and to compare with (default: .palisade/preview-STAGE.json)
  --suppressions FILE   findings that are accepted (default: stacks/suppressions.yaml)
  --pack-config FILE    write the same suppressions for pulumi preview --policy-pack-config
  --help                this text

Exit code: 0; 1 for a mandatory finding, an expired suppression or a program that fails; 2 for wrong arguments.`;

const OPTIONS = {
  json: { type: "string" },
  sarif: { type: "string" },
  terraform: { type: "string" },
  markdown: { type: "string" },
  save: { type: "boolean" },
  saved: { type: "string" },
  suppressions: { type: "string" },
  "pack-config": { type: "string" },
  help: { type: "boolean" },
} as const;

/**
 * What `pnpm preview` does with its arguments.
 *
 * @param load Loads the stages' program; called after the arguments are checked, since it brings all of Pulumi's AWS package.
 * @returns The exit code: 0, 1 when the program fails, a mandatory rule is violated or a suppression has expired, 2 for arguments that
 *   are not allowed.
 */
export async function previewCommand(
  args: readonly string[],
  load: () => Promise<Program<unknown>>,
  print: { out(text: string): void; error(text: string): void },
): Promise<number> {
  const parsed = parsedArguments(args);
  if (parsed === undefined) {
    const received = args.length === 0 ? "no stage" : args.join(" ");
    print.error(
      `preview: received ${received}; allowed: one of ${STAGES.join(", ")}, then options (pnpm preview --help). For example: pnpm preview prod`,
    );
    return 2;
  }
  if (parsed === "help") {
    print.out(HELP);
    return 0;
  }
  const { stage, values } = parsed;
  try {
    // `weak` refuses to deploy outside of the sandbox; a preview deploys nothing.
    const config = { "palisade:iKnowThisIsVulnerable": "true", ...(await readStackConfig(stage)) };
    const suppressions = await readSuppressions(stage, values.suppressions ?? SUPPRESSIONS_FILE);
    const file = values.saved ?? savedFile(stage);
    const saved = await readSaved(file, stage);
    const preview = await previewStage({ stage, program: await load(), config, suppressions, saved });
    print.out(previewText(preview));
    await writeFiles(values, preview, suppressions);
    for (const { type, name, reason } of values.terraform === undefined ? [] : preview.terraform.left)
      print.out(`Not in ${values.terraform}: ${type} ${name}. ${reason}.`);
    if (values.save === true) await writeSaved(file, preview.saved);
    return failed(preview) ? 1 : 0;
  } catch (error) {
    print.error((error as Error).message);
    return 1;
  }
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>["values"];

function parsedArguments(args: readonly string[]): { stage: string; values: Values } | "help" | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (values.help === true) return "help";
    const [stage, ...rest] = positionals;
    if (stage === undefined || rest.length > 0 || !(STAGES as readonly string[]).includes(stage)) return undefined;
    return { stage, values };
  } catch {
    return undefined;
  }
}

async function writeFiles(values: Values, preview: Preview, suppressions: readonly Suppression[]): Promise<void> {
  const json = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;
  const { saved: _saved, terraform, ...shown } = preview;
  if (values.json !== undefined) await writeFile(values.json, json(shown));
  if (values.sarif !== undefined) await writeFile(values.sarif, json(previewSarif(preview)));
  if (values.terraform !== undefined) await writeFile(values.terraform, json(terraform.plan));
  if (values.markdown !== undefined) await writeFile(values.markdown, previewMarkdown(preview));
  const pack = values["pack-config"];
  if (pack !== undefined) await writeFile(pack, json(packConfig(suppressions)));
}

function failed({ policy }: Preview): boolean {
  return (
    policy.findings.some(({ level }) => level === "mandatory") ||
    policy.staleSuppressions.some(({ expired }) => expired)
  );
}
