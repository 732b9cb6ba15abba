import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Command, HELP, parseCommand, UsageError } from "./arguments.ts";
import { ATTACKS } from "./attacks/index.ts";
import { type Closers, closing } from "./closers.ts";
import { askForAttack } from "./control.ts";
import { DETECTION_ID } from "./detection.ts";
import { messageOf } from "./errors.ts";
import { runLab, runLayers, runWithoutEdge } from "./lab.ts";
import type { LabResult } from "./report/json.ts";
import { toJsonFile } from "./report/json-file.ts";
import { writeReport } from "./report/write.ts";
import { readState } from "./state.ts";
import { COLOURS, edgeShareLines, omissions, PLAIN, summaries, surprises, table } from "./table.ts";
import { LAB_DIRECTORY, REPORT_DIRECTORY } from "./tools.ts";
import { up, upFile, upText } from "./up.ts";

/** What the command uses of the world; replaced in its tests. */
export interface World {
  /** Prints a result. */
  out(text: string): void;
  /** Prints progress and errors. */
  err(text: string): void;
  readonly colours: boolean;
  /** The folder that relative paths of `--json` are in. */
  readonly directory: string;
  /** Resolves when a stage that was left running may end. */
  stopped(closers: Closers): Promise<void>;
  readonly runLab: typeof runLab;
  readonly runLayers: typeof runLayers;
  readonly runWithoutEdge: typeof runWithoutEdge;
  readonly up: typeof up;
  readonly readState: typeof readState;
  readonly askForAttack: typeof askForAttack;
  readonly writeReport: typeof writeReport;
}

/** The world as it is. Results go to standard output, progress to standard error: `pnpm lab > table.txt` shows both. */
export function realWorld(): World {
  return {
    out: (text) => console.log(text),
    err: (text) => console.error(text),
    colours: process.stdout.isTTY === true && process.env.NO_COLOR === undefined,
    // pnpm runs scripts from the repository's root, and says in INIT_CWD where the person is.
    directory: process.env.INIT_CWD ?? process.cwd(),
    stopped: (closers) => closers.whenStopped(),
    runLab,
    runLayers,
    runWithoutEdge,
    up,
    readState,
    askForAttack,
    writeReport,
  };
}

/**
 * The lab's command.
 *
 * @param argv the arguments after `pnpm lab`
 * @returns the exit code
 */
export async function main(argv: readonly string[], world: World = realWorld()): Promise<number> {
  try {
    const command = parseCommand(argv, [...ATTACKS.map(({ id }) => id), DETECTION_ID]);
    return await closing((closers) => run(command, closers, world));
  } catch (error) {
    world.err(messageOf(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run(command: Command, closers: Closers, world: World): Promise<number> {
  const started = Date.now();
  const progress = (line: string): void => {
    // Whoever tells of progress is about to go on: not after Ctrl-C.
    closers.check();
    world.err(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)}s  ${line}`);
  };
  switch (command.name) {
    case "help":
      world.out(HELP);
      return 0;
    case "lab": {
      const run = command.without === undefined ? world.runLab : world.runWithoutEdge;
      const result = await run(command.only, closers, progress);
      const [first = ""] = await world.writeReport(REPORT_DIRECTORY, result);
      return await conclude(result, command.json, world, [`report: ${first}`]);
    }
    case "attack": {
      const state = await world.readState(LAB_DIRECTORY, command.stage);
      const stage = await world.askForAttack(state, command.only, progress);
      const result = { startedAt: new Date(started).toISOString(), ms: Date.now() - started, stages: [stage] };
      return await conclude(result, command.json, world, []);
    }
    case "layers": {
      const steps = await world.runLayers(command.only, closers, progress);
      const wrong = steps.filter(({ ok }) => !ok).length;
      world.out(`${steps.length} steps, ${wrong} otherwise than the attacks claim`);
      return wrong === 0 ? 0 : 1;
    }
    case "up": {
      const file = upFile(await world.up(command.stage, closers, progress));
      if (command.json !== undefined) await writeJson(command.json, file, world);
      world.out(upText(file));
      await world.stopped(closers);
      return 0;
    }
  }
}

async function conclude(
  result: LabResult,
  json: string | undefined,
  world: World,
  lines: readonly string[],
): Promise<number> {
  if (json !== undefined) await writeJson(json, toJsonFile(result), world);
  const unexpected = surprises(result);
  const verdict =
    unexpected.length === 0
      ? `as expected, in ${(result.ms / 1000).toFixed(1)} s`
      : `NOT as expected: ${unexpected.length} of the above`;
  const text = [table(result, world.colours ? COLOURS : PLAIN), ""];
  world.out(
    [
      ...text,
      ...omissions(result),
      ...unexpected,
      ...edgeShareLines(result),
      ...summaries(result),
      ...lines,
      verdict,
    ].join("\n"),
  );
  return unexpected.length === 0 ? 0 : 1;
}

async function writeJson(path: string, value: unknown, world: World): Promise<void> {
  const file = resolve(world.directory, path);
  await mkdir(dirname(file), { recursive: true });
  // Whoever waits for the file never reads half of it.
  const unfinished = `${file}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(value, null, 2)}\n`);
  await rename(unfinished, file);
}
