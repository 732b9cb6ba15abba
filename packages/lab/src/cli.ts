import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { type Command, HELP, parseCommand, UsageError } from "./arguments.ts";
import { ATTACKS } from "./attacks/index.ts";
import { type Closers, closing } from "./closers.ts";
import { askForAttack } from "./control.ts";
import { messageOf } from "./errors.ts";
import { runLab, runLayers } from "./lab.ts";
import type { LabResult } from "./report/json.ts";
import { toJsonFile } from "./report/json-file.ts";
import { writeReport } from "./report/write.ts";
import { readState } from "./state.ts";
import { COLOURS, omissions, PLAIN, summaries, surprises, table } from "./table.ts";
import { LAB_DIRECTORY, REPORT_DIRECTORY } from "./tools.ts";
import { up, upFile, upText } from "./up.ts";

const started = Date.now();

/** Results go to standard output, progress to standard error: `pnpm lab > table.txt` shows both. */
function progress(line: string): void {
  console.error(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)}s  ${line}`);
}

/** @returns the exit code */
async function run(command: Command, closers: Closers): Promise<number> {
  switch (command.name) {
    case "help":
      console.log(HELP);
      return 0;
    case "lab": {
      const result = await runLab(command.only, closers, progress);
      const [first = ""] = await writeReport(REPORT_DIRECTORY, result);
      return await conclude(result, command.json, [`report: ${first}`]);
    }
    case "attack": {
      const stage = await askForAttack(await readState(LAB_DIRECTORY, command.stage), command.only, progress);
      const result = { startedAt: new Date(started).toISOString(), ms: Date.now() - started, stages: [stage] };
      return await conclude(result, command.json, []);
    }
    case "layers": {
      const steps = await runLayers(command.only, closers, progress);
      const wrong = steps.filter(({ ok }) => !ok).length;
      console.log(`${steps.length} steps, ${wrong} otherwise than the attacks claim`);
      return wrong === 0 ? 0 : 1;
    }
    case "up": {
      const file = upFile(await up(command.stage, closers, progress));
      if (command.json !== undefined) await writeJson(command.json, file);
      console.log(upText(file));
      // The process lives on for the stage; Ctrl-C closes everything and ends it.
      const forever = setInterval(() => {}, 60_000);
      await once(process, "lab:never");
      clearInterval(forever);
      return 0;
    }
  }
}

async function conclude(result: LabResult, json: string | undefined, lines: readonly string[]): Promise<number> {
  if (json !== undefined) await writeJson(json, toJsonFile(result));
  const colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  const unexpected = surprises(result);
  const verdict =
    unexpected.length === 0
      ? `as expected, in ${(result.ms / 1000).toFixed(1)} s`
      : `NOT as expected: ${unexpected.length} of the above`;
  console.log([table(result, colours ? COLOURS : PLAIN), "", ...omissions(result), ...unexpected].join("\n"));
  console.log([...summaries(result), ...lines, verdict].join("\n"));
  return unexpected.length === 0 ? 0 : 1;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  // pnpm runs scripts from the repository's root, and says in INIT_CWD where the person is.
  const file = resolve(process.env.INIT_CWD ?? process.cwd(), path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`);
}

try {
  const command = parseCommand(
    process.argv.slice(2),
    ATTACKS.map(({ id }) => id),
  );
  process.exitCode = await closing((closers) => run(command, closers));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
// Connections that the AWS SDK keeps open would hold the process for seconds.
process.exit();
