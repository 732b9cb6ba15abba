/**
 * `pnpm analytics`: from the lab's own traffic to answered questions and a page. Stands up `weak` and `prod`, attacks each, puts what was recorded through the
 * cleaning job on local PySpark, asks Athena's named queries on the emulator, prints the account of every record, and writes
 * `report/analytics.json` and the page, `report/analytics.html`.
 *
 *   pnpm analytics [--only ID,ID]
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { accountLines, runAnalytics } from "./analytics.ts";
import { PAGE_QUESTIONS, writeAnalyticsPage } from "./analytics-page.ts";
import { closing } from "./closers.ts";
import { messageOf } from "./errors.ts";
import { chosenAttacks } from "./lab.ts";
import { REPORT_DIRECTORY } from "./tools.ts";

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const started = Date.now();
const progress = (line: string) => console.error(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)}s  ${line}`);

async function main(): Promise<number> {
  const only = values.only.split(",").filter((id) => id !== "");
  const unknown = only.find((id) => chosenAttacks([id]).length === 0);
  if (unknown !== undefined)
    throw new Error(`analytics: there is no attack "${unknown}"; \`pnpm lab --help\` names them`);
  const stages = await closing((closers) => runAnalytics(chosenAttacks(only), closers, progress, PAGE_QUESTIONS));
  for (const stage of stages) {
    for (const line of accountLines(stage)) console.log(line);
    for (const [key, rows] of Object.entries(stage.answers)) {
      console.log(`${stage.stage.padEnd(5)} ${key.padEnd(22)} ${rows.length} rows`);
    }
  }
  await mkdir(REPORT_DIRECTORY, { recursive: true });
  const file = join(REPORT_DIRECTORY, "analytics.json");
  await writeFile(file, JSON.stringify({ madeAt: new Date().toISOString(), stages }, null, 1));
  const page = join(REPORT_DIRECTORY, "analytics.html");
  await writeAnalyticsPage(stages, page, progress);
  console.log(`answers: ${file}`);
  console.log(`page:    ${page}`);
  return 0;
}

// Ended at once: connections that the AWS SDK keeps open would hold the process for seconds.
process.exit(
  await main().catch((error) => {
    console.error(messageOf(error));
    return 1;
  }),
);
