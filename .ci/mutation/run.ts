/**
 * `pnpm mutation`: changes the code in small ways and sees whether a test fails (Stryker). What survives is judged in docs/mutation.md.
 *
 *   pnpm mutation [core|functions]   mutate one, or both: what has not changed since the last run is taken from it (report/mutation)
 *   pnpm mutation --list             write the survivors of the last runs into docs/mutation.md, with the judgements that are there
 *
 * Exits with 1 when fewer than 90 % are killed, or when a survivor has no judgement.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type MutationReport, survivorsOf, unjudged, updated } from "./survivors.ts";

const PARTS = ["core", "functions"] as const;
const DOCUMENT = "docs/mutation.md";

const { values, positionals } = parseArgs({ options: { list: { type: "boolean" } }, allowPositionals: true });
const parts = PARTS.filter((part) => positionals.length === 0 || positionals.includes(part));
if (values.list !== true) {
  for (const part of parts) {
    const { status } = spawnSync("stryker", ["run", `.ci/mutation/${part}.json`], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
const files = parts.map((part) => `report/mutation/${part}.json`).filter((file) => existsSync(file));
const survivors = files.flatMap((file) => survivorsOf(JSON.parse(readFileSync(file, "utf8")) as MutationReport));
const before = existsSync(DOCUMENT) ? readFileSync(DOCUMENT, "utf8") : "";
if (values.list === true) {
  writeFileSync(DOCUMENT, updated(before, survivors));
} else {
  const open = unjudged(before, survivors);
  for (const { file, mutant } of open) console.error(`survived and not judged: ${file}: ${mutant}`);
  if (open.length > 0) process.exitCode = 1;
}
