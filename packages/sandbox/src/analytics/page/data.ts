import type { AnswerRow } from "../athena.ts";
import type { HourlyForecast } from "../forecast.ts";
import type { Counts } from "../spark.ts";

/** What became of a call. */
export const OUTCOMES = ["served", "denied", "failed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Calls of one second that are alike. */
export interface PageCalls {
  /** The second in UTC: `2026-11-24T16:00:00Z`. */
  time: string;
  source: string;
  /** Route, or operation of AWS. */
  route: string;
  principal: string;
  outcome: Outcome;
  calls: number;
}

/** One pipeline's part of the page: in the lab, one stage. */
export interface PageStage {
  name: string;
  /** What the cleaning job counted, by source. */
  counts: Record<string, Counts>;
  calls: PageCalls[];
  /** The named queries' answers by their keys. */
  answers: Record<string, AnswerRow[]>;
}

/** What `report/analytics.html` shows. */
export interface AnalyticsPage {
  /** When it was made, in UTC. */
  madeAt: string;
  stages: PageStage[];
  /** Titles of the named queries by their keys. */
  titles: Record<string, string>;
  /** Forecasts by series, with a sentence on where the history is from. */
  forecast?: { history: string; series: Record<string, HourlyForecast> };
}

/** The question to the clean table whose answer is a stage's `calls`. What QuickSight's dataset holds, by the second. */
export const CALLS_QUERY = `SELECT date_trunc('second', event_time) AS time, source, coalesce(route, action, 'unknown') AS route, coalesce(principal, 'nobody') AS principal,
  CASE WHEN denied THEN 'denied' WHEN error_code IS NOT NULL OR (source <> 'database-audit' AND status >= 400) OR (source = 'database-audit' AND status > 0) THEN 'failed' ELSE 'served' END AS outcome,
  count(*) AS calls
FROM events
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5`;

/**
 * The calls in an answer to `CALLS_QUERY`.
 *
 * @throws Error when a row is none of it.
 */
export function callsOf(rows: AnswerRow[]): PageCalls[] {
  return rows.map(({ time, source, route, principal, outcome, calls }) => {
    const known = OUTCOMES.find((each) => each === outcome);
    const moment = new Date(`${String(time).slice(0, 19).replace(" ", "T")}Z`);
    if (!source || !route || !principal || !known || Number.isNaN(moment.getTime()) || !(Number(calls) > 0)) {
      throw new Error(`a row of the page's query is ${JSON.stringify({ time, source, route, outcome, calls })}`);
    }
    const second = moment.toISOString().replace(".000Z", "Z");
    return { time: second, source, route, principal, outcome: known, calls: Number(calls) };
  });
}
