import type { AnswerRow } from "../athena.ts";
import type { HourlyForecast } from "../forecast.ts";
import type { Counts } from "../spark.ts";

/** What became of a call. */
export const OUTCOMES = ["served", "denied", "failed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Who called where nobody is named. */
export const NOBODY = "nobody";

/** The source whose calls are shown first: those of people. The database and AWS count many more. */
export const API = "api-access";

/** Calls of one second that are alike. */
export interface PageCalls {
  /** The second in UTC: `2026-11-24T16:00:00Z`. */
  time: string;
  source: string;
  /** Route, or operation of AWS. */
  route: string;
  /** `nobody` where no principal is known. */
  principal: string;
  /** Network of the caller's address; `nowhere` where none is known. */
  network: string;
  outcome: Outcome;
  /** Of a denial what denied, by its error code; of a failure whose it was; empty for what was served. */
  problem: string;
  calls: number;
}

/** One pipeline's part of the page: in the lab, one stage. */
export interface PageStage {
  name: string;
  /** How it is called over its charts. Default: its name. */
  title?: string;
  /** What a reader must know of where its records are from. */
  note?: string;
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

const FAILED = `error_code IS NOT NULL OR (source <> 'database-audit' AND status >= 400) OR (source = 'database-audit' AND status > 0)`;

/** The question to the clean table whose answer is a stage's `calls`. What QuickSight's dataset holds, by the second. */
export const CALLS_QUERY = `SELECT date_trunc('second', event_time) AS time, source, coalesce(route, action, 'unknown') AS route, coalesce(principal, '${NOBODY}') AS principal,
  coalesce(source_address, 'nowhere') AS network,
  CASE WHEN denied THEN 'denied' WHEN ${FAILED} THEN 'failed' ELSE 'served' END AS outcome,
  CASE WHEN denied THEN coalesce(error_code, 'by the function') WHEN NOT (${FAILED}) THEN '' WHEN source = 'database-audit' THEN 'database error'
    WHEN status >= 500 THEN 'server error' ELSE 'client error' END AS problem,
  count(*) AS calls
FROM events
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY 1, 2, 3, 4, 5, 6, 7`;

/**
 * The calls in an answer to `CALLS_QUERY`.
 *
 * @throws Error when a row is none of it.
 */
export function callsOf(rows: AnswerRow[]): PageCalls[] {
  return rows.map(({ time, source, route, principal, network, outcome, problem, calls }) => {
    const known = OUTCOMES.find((each) => each === outcome);
    const moment = new Date(`${String(time).slice(0, 19).replace(" ", "T")}Z`);
    const whole = source && route && principal && network && known && Number(calls) > 0;
    if (!whole || Number.isNaN(moment.getTime()) || (known !== "served" && !problem)) {
      throw new Error(
        `a row of the page's query is ${JSON.stringify({ time, source, route, network, outcome, problem, calls })}`,
      );
    }
    const second = moment.toISOString().replace(".000Z", "Z");
    return {
      time: second,
      source,
      route,
      principal,
      network,
      outcome: known,
      problem: problem ?? "",
      calls: Number(calls),
    };
  });
}
