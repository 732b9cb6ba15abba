/**
 * `pnpm mutation`: changes the code in small ways and sees whether a test fails (Stryker). What survives is judged in docs/mutation.md.
 *
 *   pnpm mutation                    mutate everything, a slice at a time: what has not changed since the last run is taken from it
 *   pnpm mutation core orders        mutate some parts (core, functions) or slices (slices.ts)
 *   pnpm mutation --minutes 60       begin no further slice after an hour; what was not begun keeps the figure of its last run
 *   pnpm mutation --list             write figures and survivors of the last runs into docs/mutation.md, with the judgements that are there
 *   pnpm mutation --judge            only look at the last runs
 *
 * Results are in report/mutation. Exits with 1 when fewer than 90 % of a part's mutants are killed, when a survivor has no judgement, when
 * a slice could not be run, or when one has never been run.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { optionsOf, SLICES, type Slice } from "./slices.ts";
import {
  type Figure,
  figureOf,
  hasSurvived,
  LEAST,
  type MutationReport,
  survivorsOf,
  unjudged,
  updated,
} from "./survivors.ts";

const DOCUMENT = "docs/mutation.md";
const FOLDER = "report/mutation";
const resultOf = ({ name }: Slice) => join(FOLDER, `${name}.json`);

const { values, positionals } = parseArgs({
  options: { list: { type: "boolean" }, judge: { type: "boolean" }, minutes: { type: "string" } },
  allowPositionals: true,
});
const chosen = SLICES.filter(
  ({ name, part }) => positionals.length === 0 || positionals.includes(name) || positionals.includes(part),
);
const faults: string[] = [];
if (values.list !== true && values.judge !== true) {
  const until = values.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + Number(values.minutes) * 60_000;
  for (const slice of chosen) {
    if (Date.now() < until) mutate(slice);
    else console.log(`${slice.name}: not begun, the time is over`);
  }
}

const reports = SLICES.filter((slice) => existsSync(resultOf(slice))).map((slice) => ({
  slice,
  report: JSON.parse(readFileSync(resultOf(slice), "utf8")) as MutationReport,
}));
const figures = reports.map(({ slice: { name, part }, report }) => ({ name, part, ...figureOf(report) }));
const survivors = reports.flatMap(({ report }) => survivorsOf(report));
const looked = reports.flatMap(({ report }) => Object.keys(report.files));
const before = readFileSync(DOCUMENT, "utf8");
if (values.list === true) writeFileSync(DOCUMENT, updated(before, figures, survivors, looked));
else judge(figures);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

function mutate(slice: Slice): void {
  mkdirSync(FOLDER, { recursive: true });
  const options = join(FOLDER, `${slice.name}.config.json`);
  writeFileSync(options, JSON.stringify(optionsOf(slice)));
  // A run that fails leaves no result, so that the one of the last run is not taken for its own.
  rmSync(resultOf(slice), { force: true });
  forgetSurvivors(join(FOLDER, `${slice.name}.incremental.json`));
  spawnSync("stryker", ["run", options], { stdio: "inherit", env: { ...process.env, MUTATION_SLICE: slice.name } });
}

/**
 * Has the last run's survivors tried again. Stryker takes their result from the last run while no test is new of which it saw that it reaches them,
 * and of what is made while a module is loaded it sees of none.
 */
function forgetSurvivors(file: string): void {
  if (!existsSync(file)) return;
  const report = JSON.parse(readFileSync(file, "utf8")) as MutationReport;
  for (const one of Object.values(report.files)) one.mutants = one.mutants.filter((mutant) => !hasSurvived(mutant));
  writeFileSync(file, JSON.stringify(report));
}

function judge(all: readonly (Figure & { name: string; part: string })[]): void {
  for (const { name } of SLICES) {
    if (!all.some((figure) => figure.name === name)) faults.push(`${name}: has no result`);
  }
  for (const figure of all) console.log(`${figure.name.padEnd(20)} ${percent(figure)}`);
  for (const part of new Set(SLICES.map((slice) => slice.part))) {
    const sum = all
      .filter((figure) => figure.part === part)
      .reduce((total, { mutants, killed }) => ({ mutants: total.mutants + mutants, killed: total.killed + killed }), {
        mutants: 0,
        killed: 0,
      });
    console.log(`${`all of ${part}`.padEnd(20)} ${percent(sum)}`);
    if (sum.killed < sum.mutants * LEAST) faults.push(`${part}: fewer than ${LEAST * 100} % are killed`);
  }
  for (const { file, mutant } of unjudged(before, survivors))
    faults.push(`survived and not judged: ${file}: ${mutant}`);
}

function percent({ mutants, killed }: Pick<Figure, "mutants" | "killed">): string {
  return `${String(killed).padStart(5)} of ${String(mutants).padStart(5)} killed, ${((100 * killed) / mutants).toFixed(1)} %`;
}
