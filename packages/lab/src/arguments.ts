import { parseArgs } from "node:util";
import { LabError, messageOf } from "./errors.ts";
import { STAGES, type StageName } from "./stage.ts";

/** What the person at the terminal asks for. */
export type Command =
  | { readonly name: "help" }
  | { readonly name: "lab"; readonly only: readonly string[]; readonly json?: string; readonly without?: "edge" }
  | { readonly name: "up"; readonly stage: StageName; readonly json?: string }
  | { readonly name: "attack"; readonly stage: StageName; readonly only: readonly string[]; readonly json?: string }
  | { readonly name: "layers"; readonly only: readonly string[] };

/** What `pnpm lab --help` prints. */
export const HELP = `Stands the example API up on this machine, on 127.0.0.1 only, and attacks it.

  pnpm lab [--only ID] [--json FILE]       attack weak, then prod; print the table and write the report
  pnpm lab --without edge [--only ID] [--json FILE]
                                           attack prod, then prod with its firewall taken away; print what each stops
  pnpm lab up STAGE [--json FILE]          leave a stage running until Ctrl-C; print its URLs, users and tokens
  pnpm lab attack --stage STAGE [--only ID] [--json FILE]
                                           attack a stage that \`pnpm lab up\` left running
  pnpm lab layers [--only ID]              take prod's defences away one by one and see what holds instead

  STAGE        ${STAGES.join(" or ")}
  --without    edge: the firewall is the one layer that can be left out as a whole
  --only ID    this attack alone; may be given more than once
  --json FILE  write the verdicts (or, with up, the URLs and tokens) to a file
  --help       this text

Exit code 0: every attack on weak is exploited, none on prod is (without edge: those alone that list no other layer), and every
legitimate request was served.
Exit code 1: something else happened; 2: the command was not understood.`;

/** A command that was not understood. */
export class UsageError extends LabError {}

const OPTIONS = {
  help: { type: "boolean", short: "h" },
  json: { type: "string" },
  only: { type: "string", multiple: true },
  stage: { type: "string" },
  without: { type: "string" },
} as const;

/** The options that each command takes besides --help. */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  lab: ["json", "only", "without"],
  up: ["json"],
  attack: ["json", "only", "stage"],
  layers: ["only"],
};

/**
 * Reads the arguments after `pnpm lab`.
 *
 * @param attackIds the ids that `--only` may name
 * @throws UsageError with the received value and what is allowed
 */
export function parseCommand(argv: readonly string[], attackIds: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  if (values.help) return { name: "help" };
  const [word = "lab", ...rest] = positionals;
  const name = positionals.length === 0 ? "lab" : word;
  const takes = name === "lab" && positionals.length > 0 ? undefined : TAKES[name];
  if (!takes)
    throw new UsageError(`lab: there is no command "${word}"; the commands are up, attack and layers, or none.`);
  for (const option of Object.keys(values)) {
    if (!takes.includes(option)) {
      throw new UsageError(`lab: ${name === "lab" ? "without a command" : name} there is no --${option}. See --help.`);
    }
  }
  const json = values.json === undefined ? {} : { json: values.json };
  if (name === "up") {
    const [stage, ...more] = rest;
    refuseMore(name, more);
    return { name, stage: stageOf("up", stage), ...json };
  }
  refuseMore(name, rest);
  const only = values.only ?? [];
  for (const id of only) checkId(id, attackIds);
  if (name === "attack") return { name, stage: stageOf("attack --stage", values.stage), only, ...json };
  if (name === "layers") return { name, only };
  if (values.without === undefined) return { name: "lab", only, ...json };
  if (values.without !== "edge") {
    throw new UsageError(
      `lab: prod has no layer "${values.without}" to leave out as a whole; write lab --without edge.`,
    );
  }
  return { name: "lab", only, without: "edge", ...json };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const [sentence = ""] = messageOf(error).split(". ", 1);
    throw new UsageError(`lab: ${sentence}. See --help.`);
  }
}

function stageOf(command: string, value: string | undefined): StageName {
  const stage = STAGES.find((name) => name === value);
  if (stage) return stage;
  const received = value === undefined ? "no stage was given" : `there is no stage "${value}"`;
  throw new UsageError(`lab: ${received}; write ${STAGES.map((name) => `lab ${command} ${name}`).join(" or ")}.`);
}

function refuseMore(name: string, more: readonly string[]): void {
  if (more.length > 0) throw new UsageError(`lab: ${name} does not take "${more.join(" ")}". See --help.`);
}

function checkId(id: string, attackIds: readonly string[]): void {
  if (!attackIds.includes(id)) {
    throw new UsageError(`lab: there is no attack "${id}"; the attacks are ${attackIds.join(", ")}.`);
  }
}
