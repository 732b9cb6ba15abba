import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { exampleSeries, forecast } from "../../sandbox/src/analytics/forecast.ts";
import { namedQueries } from "../../sandbox/src/analytics/index.ts";
import { type AnalyticsPage, CALLS_QUERY, callsOf } from "../../sandbox/src/analytics/page/data.ts";
import { renderAnalyticsPage } from "../../sandbox/src/analytics/page/render.ts";
import type { StageAnalytics } from "./analytics.ts";
import type { OnProgress } from "./lab.ts";

/** The key of the page's own question among the further ones. */
const CALLS = "calls-of-the-page";

/** What the page asks beside the named queries: SQL by key. */
export const PAGE_QUESTIONS: Record<string, string> = { [CALLS]: CALLS_QUERY };

/** The lab runs for a minute, and a forecast needs weeks. */
const HISTORY =
  "A forecast needs weeks of history, and the lab's traffic is minutes long: these are the series of the forecast's backtest, two generated and two real.";

const TITLES: Record<string, string> = { weak: "weak (before)", prod: "prod (after)" };
const KEPT = "keeps an access log, and its calls are that log's own lines, read from its log group.";
/** The paper's starting point: its gateway logs nothing, and has no authorizer to ask. */
const NOT_KEPT =
  "keeps no access log, and has no authorizer that could name a caller: its calls are what the lab's own front saw, in the form that a log would have had. " +
  "Whoever runs this stage would have none of them.";

/** The page of what the stages' pipelines hold, without its forecast. */
export function analyticsPage(stages: readonly StageAnalytics[], madeAt: Date): AnalyticsPage {
  return {
    madeAt: madeAt.toISOString(),
    stages: stages.map(({ stage, keepsAccessLog, manifest, answers: { [CALLS]: calls = [], ...answers } }) => ({
      name: stage,
      ...(TITLES[stage] !== undefined && { title: TITLES[stage] }),
      note: keepsAccessLog ? KEPT : NOT_KEPT,
      counts: manifest.sources ?? {},
      calls: callsOf(calls),
      answers,
    })),
    titles: Object.fromEntries(
      Object.entries(namedQueries()).map(([key, sql]) => [key, sql.split("\n", 1)[0]?.replace(/^-- */, "") ?? key]),
    ),
  };
}

/** Writes the page with its forecast, which XGBoost makes on this machine. */
export async function writeAnalyticsPage(
  stages: readonly StageAnalytics[],
  path: string,
  onProgress: OnProgress,
): Promise<void> {
  onProgress("forecasting with XGBoost");
  const { series } = await forecast(await exampleSeries(onProgress), onProgress);
  const page = { ...analyticsPage(stages, new Date()), forecast: { history: HISTORY, series } };
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await renderAnalyticsPage(page));
}
