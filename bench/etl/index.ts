/**
 * `pnpm bench:etl`: the cleaning job on `local[2]`, with duplicates dropped, quarantine and quality rules on, beside a plain `spark.read.json` job and
 * DuckDB's `read_json`, on the same files of CloudTrail's.
 *
 *   pnpm bench:etl                    a million records, each contender three times, in turn
 *   pnpm bench:etl --records 100000   so many records
 *   pnpm bench:etl --check            exit with 1 when the best run of the job is below 50,000 records a second
 *   pnpm bench:etl --linear           one million and ten million records of the job: time linear, memory flat; exit with 1 when not
 *
 * The files are made once, in `.lab/bench-etl`: 1.3 GB of JSON a million records, 60 MB packed.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { installPythonTool, labDirectory } from "@palisade/sandbox";
import { JOB_DIRECTORY, SPARK, sparkEnvironment } from "../../packages/sandbox/src/analytics/index.ts";
import { median } from "../paired.ts";
import { BUDGET_PER_SECOND, growth, linear, type Measured, rate, withinBudget } from "./verdict.ts";

const { values } = parseArgs({
  options: {
    records: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "3" },
    check: { type: "boolean", default: false },
    linear: { type: "boolean", default: false },
  },
});
const CONTENDERS = { palisade: "Palisade's job", spark: "plain spark.read.json", duckdb: "DuckDB read_json" } as const;

const run = promisify(execFile);
const directory = join(labDirectory, "bench-etl");
await mkdir(join(directory, "tmp"), { recursive: true });
const python = await installPythonTool(SPARK, labDirectory, (line) => console.error(`bench:etl: ${line}`));
const env = sparkEnvironment(python, directory, { PYTHONPATH: JOB_DIRECTORY });
const [load = 0] = loadavg();
if (load > availableParallelism()) {
  console.log(
    `The machine is busy (load ${load.toFixed(1)} on ${availableParallelism()} cores): every figure is lower than it would be.`,
  );
}
process.exit(values.linear ? await proveLinear() : await compare(Number(values.records), Number(values.rounds)));

async function compare(records: number, rounds: number): Promise<number> {
  const files = await generate(records);
  const measured: Record<keyof typeof CONTENDERS, Measured[]> = { palisade: [], spark: [], duckdb: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const contender of Object.keys(CONTENDERS) as (keyof typeof CONTENDERS)[]) {
      measured[contender].push(await measure(contender, files));
    }
  }
  for (const [contender, name] of Object.entries(CONTENDERS)) {
    const runs = measured[contender as keyof typeof CONTENDERS];
    const rates = runs.map(rate);
    const memory = Math.max(...runs.map(({ mebibytes }) => mebibytes ?? 0));
    const processor = median(
      runs.map(({ processorSeconds, records: count }) => (1e6 * (processorSeconds ?? 0)) / count),
    );
    console.log(
      `${name.padEnd(22)} ${thousands(median(rates))} records/s at the median, ${thousands(Math.max(...rates))} at best, ` +
        `${processor.toFixed(0)} µs of processor a record, ${memory} MiB`,
    );
  }
  const met = withinBudget(measured.palisade);
  console.log(`at least ${thousands(BUDGET_PER_SECOND)} records/s: ${met ? "met" : "MISSED"}`);
  return values.check && !met ? 1 : 0;
}

async function proveLinear(): Promise<number> {
  const small = await measure("palisade", await generate(1_000_000));
  const large = await measure("palisade", await generate(10_000_000));
  const grown = growth(small, large);
  for (const each of [small, large]) {
    console.log(`${thousands(each.records)} records: ${each.seconds.toFixed(1)} s, ${each.mebibytes ?? "?"} MiB`);
  }
  console.log(
    `time a record ${grown.time.toFixed(2)} times, memory ${grown.memory?.toFixed(2) ?? "?"} times: ${linear(grown) ? "linear and flat" : "MISSED"}`,
  );
  return linear(grown) ? 0 : 1;
}

async function generate(records: number): Promise<string> {
  const folder = join(directory, `records-${records}`);
  const complete = `${folder}.complete`;
  if (existsSync(complete)) return folder;
  console.error(`bench:etl: making ${thousands(records)} records, once`);
  await rm(folder, { recursive: true, force: true });
  await run(python, [join(import.meta.dirname, "generate.py"), folder, String(records)], { env });
  await writeFile(complete, "");
  return folder;
}

async function measure(contender: keyof typeof CONTENDERS, files: string): Promise<Measured> {
  const out = join(directory, "out");
  console.error(`bench:etl: ${CONTENDERS[contender]}`);
  const { stdout } = await run(python, [join(import.meta.dirname, "measure.py"), contender, files, out], { env });
  await rm(out, { recursive: true, force: true });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Measured;
}

function thousands(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
