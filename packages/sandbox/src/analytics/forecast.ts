import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { installPythonTool } from "../emulator/install.ts";
import { SandboxError } from "../errors.ts";
import { labDirectory, type OnProgress } from "../paths.ts";
import { cleanEnvironment } from "../process/environment.ts";

const run = promisify(execFile);
const FOLDER = fileURLToPath(new URL("../../../analytics-pipeline/forecast/", import.meta.url));
const TOOL = {
  id: "forecast",
  name: "The forecast",
  version: "XGBoost",
  requirements: `${FOLDER}requirements.txt`,
};

/** Counts of one route or database, one an hour, without a gap. */
export interface HourlyCounts {
  /** The first hour in UTC: `2026-01-05T00:00:00Z`. */
  first_hour: string;
  counts: number[];
}

/** A forecast of one series, made a day ahead by a model that had not seen the last day. */
export interface HourlyForecast {
  /** The first hour of both lists, in UTC. */
  first_hour: string;
  /** The last day that has counts, and the day after it: 48 numbers. */
  forecast: number[];
  /** What came in the first 24 of these hours. */
  actual: number[];
}

/** Forecasts by series, and the series that have too little history for one. */
export interface Forecasts {
  series: Record<string, HourlyForecast>;
  too_short: string[];
}

/** The forecast of one series beside naive ones, on weeks that the model has not seen. Mean absolute errors, in the series' own unit. */
export interface BacktestResult {
  series: string;
  hours: number;
  held_out: number;
  model: number;
  same_hour_last_week: number;
  same_hour_yesterday: number;
  /** The model's error beside that of the better naive forecast. */
  ratio: number;
}

/**
 * Forecasts with XGBoost on this machine, with the features and parameters of the AnalyticsPipeline's own forecast.
 *
 * @throws SandboxError when Python or XGBoost cannot be had, or the counts are none.
 */
export function forecast(series: Record<string, HourlyCounts>, onProgress?: OnProgress): Promise<Forecasts> {
  return inTemporaryFolder(async (folder) => {
    const [counts, out] = [join(folder, "counts.json"), join(folder, "forecast.json")];
    await writeFile(counts, JSON.stringify(series));
    await python(["predict", counts, "--out", out], onProgress);
    return JSON.parse(await readFile(out, "utf8")) as Forecasts;
  });
}

/** The training rows of some series, as SageMaker's built-in XGBoost takes them: CSV without a header, the label first. */
export function trainingRows(series: Record<string, HourlyCounts>, onProgress?: OnProgress): Promise<string> {
  return inTemporaryFolder(async (folder) => {
    const counts = join(folder, "counts.json");
    await writeFile(counts, JSON.stringify(series));
    return python(["features", counts], onProgress);
  });
}

/** The backtest's own series: two generated loads, and two real series that packages ship. */
export function exampleSeries(onProgress?: OnProgress): Promise<Record<string, HourlyCounts>> {
  return inTemporaryFolder(async (folder) => {
    const out = join(folder, "series.json");
    await python(["series", "--out", out], onProgress);
    return JSON.parse(await readFile(out, "utf8")) as Record<string, HourlyCounts>;
  });
}

/** Runs the backtest. Returns its table as printed, and its figures. A ratio of 1 or more is no error here. */
export function backtest(onProgress?: OnProgress): Promise<{ table: string; results: BacktestResult[] }> {
  return inTemporaryFolder(async (folder) => {
    const json = join(folder, "backtest.json");
    const table = await python(["backtest", "--json", json], onProgress);
    return { table, results: JSON.parse(await readFile(json, "utf8")) as BacktestResult[] };
  });
}

async function python(args: string[], onProgress?: OnProgress): Promise<string> {
  const interpreter = await installPythonTool(TOOL, labDirectory, onProgress);
  try {
    const { stdout } = await run(interpreter, ["-m", "palisade_forecast", ...args], {
      cwd: FOLDER,
      env: cleanEnvironment(labDirectory, { PYTHONDONTWRITEBYTECODE: "1" }),
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { code, stdout, stderr, message } = error as Error & { code?: number; stdout?: string; stderr?: string };
    // The backtest ends with 1 when a naive forecast was better, which is for its caller to judge.
    if (code === 1 && args[0] === "backtest" && stdout) return stdout;
    throw new SandboxError(
      stderr?.trim().split("\n").at(-1) || message,
      "See packages/analytics-pipeline/forecast for what it takes.",
      { cause: error },
    );
  }
}

async function inTemporaryFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "palisade-forecast-"));
  try {
    return await act(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
