import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { StageAnalytics } from "../../src/analytics.ts";
import { analyticsPage, PAGE_QUESTIONS, writeAnalyticsPage } from "../../src/analytics-page.ts";

const [question = ""] = Object.keys(PAGE_QUESTIONS);
const counts = { records: 3, clean: 2, duplicates: 1, quarantined: 0 };
const row = {
  source: "api-access",
  route: "GET /products",
  principal: "nobody",
  network: "127.0.0.0/24",
  outcome: "denied",
  problem: "UNAUTHORIZED",
  calls: "2",
};

const STAGES: StageAnalytics[] = ["weak", "prod"].map((stage) => ({
  stage,
  keepsAccessLog: stage === "prod",
  written: { "api-access": 3 },
  manifest: { ...counts, run: "1", recovered: [], sources: { "api-access": counts }, files: [] },
  rows: { "api-access": 2 },
  answers: { "who-called-what": [{ calls: "2" }], [question]: [{ ...row, time: "2026-11-24 16:00:00" }] },
}));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-analytics-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a page holds each stage's counts, calls and answers, under the queries' own titles", () => {
  const page = analyticsPage(STAGES, new Date("2026-11-24T16:05:00Z"));
  expect(page.madeAt).toBe("2026-11-24T16:05:00.000Z");
  expect(page.stages).toEqual(
    ["weak", "prod"].map((name) => ({
      name,
      title: name === "weak" ? "weak (before)" : "prod (after)",
      note: expect.stringMatching(name === "weak" ? /^keeps no access log, / : /^keeps an access log, /),
      counts: { "api-access": counts },
      calls: [{ ...row, time: "2026-11-24T16:00:00Z", calls: 2 }],
      answers: { "who-called-what": [{ calls: "2" }] },
    })),
  );
  expect(Object.keys(page.titles)).toEqual([
    "calls-by-hour",
    "denials-by-principal",
    "errors-by-route",
    "slow-statements",
    "top-tables",
    "unusual-hours",
    "who-called-what",
  ]);
  expect(page.titles["calls-by-hour"]).toBe("Calls, denials and errors by the hour and source, in the last seven days");
});

test("the page is written with a forecast of the backtest's series, and says why of those", async () => {
  const file = join(folder, "report", "analytics.html");
  await writeAnalyticsPage(STAGES, file, () => {});
  const text = await readFile(file, "utf8");
  expect(text).toContain("A forecast needs weeks of history, and the lab");
  expect(text).toContain("<option>river&#39;s water flow</option>");
  const cells = ["prod", "api-access", "3", "2", "1", "0"];
  expect(text.replaceAll(' class="number"', "").includes(cells.map((cell) => `<td>${cell}</td>`).join(""))).toBe(true);
});
