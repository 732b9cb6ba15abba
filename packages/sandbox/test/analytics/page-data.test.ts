import { describe, expect, test } from "vitest";
import { callsOf } from "../../src/analytics/page/data.ts";

const row = {
  time: "2026-11-24 16:00:05.000",
  source: "api-access",
  route: "GET /products",
  principal: "partner-1",
  network: "198.51.100.0/24",
  outcome: "served",
  problem: "",
  calls: "3",
};

describe("the calls of the page", () => {
  test("are read from Athena's answer, the times as UTC", () => {
    expect(
      callsOf([row, { ...row, time: "2026-11-24T16:00:06", outcome: "denied", problem: "ACCESS_DENIED" }]),
    ).toEqual([
      { ...row, time: "2026-11-24T16:00:05Z", calls: 3 },
      { ...row, time: "2026-11-24T16:00:06Z", outcome: "denied", problem: "ACCESS_DENIED", calls: 3 },
    ]);
  });

  test.each([
    [{ time: "yesterday" }],
    [{ time: null }],
    [{ outcome: "odd" }],
    [{ calls: "0" }],
    [{ route: null }],
    [{ principal: "" }],
    [{ source: null }],
    [{ network: null }],
    [{ outcome: "denied" }],
    [{ outcome: "failed", problem: null }],
  ])("are nothing else: %j", (part) => {
    expect(() => callsOf([{ ...row, ...part }])).toThrow("a row of the page's query is");
  });
});
