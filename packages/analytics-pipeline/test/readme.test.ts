import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { expect, test } from "vitest";

const folder = resolve(import.meta.dirname, "..");
const readme = readFileSync(resolve(folder, "README.md"), "utf8");
const rows = (readme.split("## Controls of Security Hub")[1] as string)
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter((cells) => /^[A-Za-z0-9]+\.\d+$/.test(cells[1] ?? ""));

/** Controls of Security Hub on Glue, Athena, S3, KMS, Redshift Serverless and SageMaker, and of RDS on how it is watched. */
const CONTROLS = [
  ...[3, 4].map((id) => `Glue.${id}`),
  "Athena.4",
  ...[1, 2, 3, 5, 6, 8, 9, 12, 13, 14, 15, 17, 19, 20, 22, 23].map((id) => `S3.${id}`),
  ...[1, 2, 3, 4, 5].map((id) => `KMS.${id}`),
  ...[1, 2, 3, 4, 5, 6].map((id) => `RedshiftServerless.${id}`),
  ...[1, 2, 3, 4, 5, 8].map((id) => `SageMaker.${id}`),
  ...[6, 9, 34, 45].map((id) => `RDS.${id}`),
  "DataFirehose.1",
  "StepFunctions.1",
];

test("each control is passed, or exempt with a reason", () => {
  expect(rows.map(([, control]) => control).sort()).toEqual([...CONTROLS].sort());
  const stands = /^(passed\b.*|exempt: .{10,}|as S3\.22)$/;
  expect(rows.filter(([, , how]) => !stands.test(how ?? "")).map(([, control]) => control)).toEqual([]);
});

test("each rule that is named is the pack's", () => {
  const pack = resolve(folder, "../policy-pack/src/rules");
  const known = new Set(globSync("*/*.ts", { cwd: pack }).map((file) => basename(file, ".ts")));
  const named = rows.map(([, , , rule]) => rule?.replaceAll("`", "") ?? "").filter((rule) => rule !== "");
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((rule) => !known.has(rule))).toEqual([]);
});

test("each file that is named is there", () => {
  const files = [...readme.matchAll(/`((?:src|job|queries|dashboards|forecast)\/[\w./-]*)`/g)].map(
    ([, file]) => file as string,
  );
  expect(files.length).toBeGreaterThan(8);
  expect(files.filter((file) => !existsSync(resolve(folder, file)))).toEqual([]);
});

test("each named query is in the table of questions, and no other", () => {
  const table = readme.split("## What is answered")[1]?.split("## ")[0] ?? "";
  const told = [...table.matchAll(/^\| `([a-z-]+)`/gm)].map(([, name]) => name);
  const files = globSync("*.sql", { cwd: resolve(folder, "queries") }).map((file) => basename(file, ".sql"));
  expect(told).toEqual(files.sort());
});

test("each option is in a table, and the table's size of a row is the schema's", () => {
  const args =
    readFileSync(resolve(folder, "src/args.ts"), "utf8").split("export interface AnalyticsPipelineArgs")[1] ?? "";
  const options = [...args.matchAll(/^ {2}(\w+)\?:/gm)].map(([, name]) => name as string);
  expect(options.length).toBeGreaterThan(20);
  expect(options.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  const schema = JSON.parse(readFileSync(resolve(folder, "job/schema.json"), "utf8")) as { columns: unknown[] };
  expect(readme).toContain(`[${schema.columns.length} columns](job/schema.json)`);
});
