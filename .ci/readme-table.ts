/**
 * Holds the README's table of attacks to what the lab printed.
 *
 *   tsx .ci/readme-table.ts           compare README.md with report/lab.json; exit with 1 when they differ
 *   tsx .ci/readme-table.ts --write   write the table
 */
import { readFileSync, writeFileSync } from "node:fs";

interface Attack {
  id: string;
  title: string;
  paper: string;
  verdict: string;
  defence?: string;
  layer: string;
}
interface Detection {
  title: string;
  paper: string;
  outcome: string;
}
const { stages } = JSON.parse(readFileSync("report/lab.json", "utf8")) as {
  stages: { stage: string; attacks: Attack[]; detection?: Detection }[];
};
const attacksOf = (name: string) => stages.find(({ stage }) => stage === name)?.attacks ?? [];
const rows = attacksOf("prod").map(({ id, title, paper, verdict, defence, layer }) => {
  const weak = attacksOf("weak").find((attack) => attack.id === id)?.verdict ?? "not run";
  return `| ${title.replaceAll("|", "\\|")} | ${paper} | ${weak} | ${verdict} | ${defence ?? layer} |`;
});
// Without its seconds, which differ from run to run.
const detected = (name: string) => stages.find(({ stage }) => stage === name)?.detection;
const detection = detected("prod");
if (detection !== undefined) {
  const weak = detected("weak")?.outcome ?? "not run";
  rows.push(`| ${detection.title} | ${detection.paper} | ${weak} | ${detection.outcome} | detection |`);
}
const table = ["| attack | paper | weak | prod | layer |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");

const MARKED = /(<!-- lab-table:[^\n]*-->\n)[\s\S]*?(<!-- \/lab-table -->)/;
const readme = readFileSync("README.md", "utf8");
if (!MARKED.test(readme) || rows.length === 0)
  throw new Error("README.md has no place for the table, or the lab ran no attack");
// Padding is the formatter's.
const plain = (text: string) => text.replace(/ +/g, " ").replace(/-{3,}/g, "---");
const expected = readme.replace(MARKED, `$1\n${table}\n\n$2`);
if (process.argv.includes("--write")) {
  writeFileSync("README.md", expected);
} else if (plain(expected) !== plain(readme)) {
  console.error("README.md shows another table than the lab printed: tsx .ci/readme-table.ts --write, pnpm format");
  process.exitCode = 1;
}
