/**
 * `pnpm bench:forecast`: the AnalyticsPipeline's forecast beside the same hour of last week and of yesterday, on weeks that it has not seen. Ends
 * with 1 when a naive forecast is better on any series.
 */
import { backtest } from "../packages/sandbox/src/analytics/forecast.ts";

const { table, results } = await backtest(console.error);
process.stdout.write(table);
process.exitCode = results.every(({ ratio }) => ratio < 1) ? 0 : 1;
