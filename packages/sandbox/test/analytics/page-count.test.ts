import { describe, expect, test } from "vitest";
import {
  barsBy,
  glanceAt,
  inWords,
  kindsOf,
  type StageCalls,
  slotsOf,
  stagesOf,
} from "../../src/analytics/page/count.ts";

const call = (more: Partial<StageCalls> = {}): StageCalls => ({
  stage: "prod",
  time: "2026-11-24T16:00:00Z",
  source: "api-access",
  route: "GET /products",
  principal: "ann",
  network: "127.0.1.0/24",
  outcome: "served",
  problem: "",
  calls: 1,
  ...more,
});

describe("bars", () => {
  const calls = [
    call({ calls: 2 }),
    call({ stage: "weak", principal: "nobody", calls: 5 }),
    call({ calls: 3, outcome: "denied", problem: "ACCESS_DENIED" }),
    call({ principal: "bob", outcome: "denied", problem: "WAF_FILTERED" }),
    call({ principal: "alan", calls: 1 }),
  ];

  test("are the most called, each stage's apart, with what became of the calls", () => {
    expect(barsBy("principal", "outcome", calls, 3)).toEqual({
      names: ["ann", "nobody", "alan"],
      all: 4,
      bars: [
        { stage: "prod", name: "ann", kind: "denied", calls: 3 },
        { stage: "prod", name: "ann", kind: "served", calls: 2 },
        { stage: "weak", name: "nobody", kind: "served", calls: 5 },
        { stage: "prod", name: "alan", kind: "served", calls: 1 },
      ],
    });
    expect(stagesOf(calls)).toEqual(["prod", "weak"]);
  });

  test("say what denied, the most frequent first", () => {
    const { bars } = barsBy(
      "principal",
      "problem",
      calls.filter(({ outcome }) => outcome === "denied"),
      9,
    );
    expect(bars).toEqual([
      { stage: "prod", name: "ann", kind: "ACCESS_DENIED", calls: 3 },
      { stage: "prod", name: "bob", kind: "WAF_FILTERED", calls: 1 },
    ]);
    expect(kindsOf(bars)).toEqual(["ACCESS_DENIED", "WAF_FILTERED"]);
  });
});

describe("calls over time", () => {
  test("are counted from each stage's own first call on", () => {
    const at = (time: string, more: Partial<StageCalls> = {}) => call({ time: `2026-11-24T16:${time}Z`, ...more });
    const weak = { stage: "weak" };
    const calls = [at("05:00"), at("05:59", { outcome: "denied" }), at("05:59"), at("00:10", weak), at("00:09", weak)];
    expect(slotsOf(calls)).toEqual({
      seconds: 1,
      unit: "Seconds",
      slots: [
        { stage: "prod", from: 0, to: 1, kind: "served", calls: 1 },
        { stage: "weak", from: 0, to: 1, kind: "served", calls: 1 },
        { stage: "weak", from: 1, to: 2, kind: "served", calls: 1 },
        { stage: "prod", from: 59, to: 60, kind: "denied", calls: 1 },
        { stage: "prod", from: 59, to: 60, kind: "served", calls: 1 },
      ],
    });
  });

  test.each([
    [0, 1, "Seconds", 1],
    [60, 2, "Seconds", 62],
    [3600, 120, "Minutes", 62],
    [86_400 * 30, 86_400, "Hours", 744],
    [86_400 * 120, 172_800, "Hours", 2928],
  ])("of %d seconds are in slots of %d, and told in %s", (seconds, length, unit, end) => {
    const first = Date.parse("2026-01-01T00:00:00Z");
    const last = new Date(first + 1000 * seconds).toISOString();
    const found = slotsOf([call({ time: new Date(first).toISOString() }), call({ time: last })]);
    expect(found).toMatchObject({ seconds: length, unit });
    expect(found.slots.at(-1)?.to).toBe(end);
    expect(found.slots.reduce((all, { calls }) => all + calls, 0)).toBe(2);
  });

  test.each([
    [1, "1 second"],
    [30, "30 seconds"],
    [60, "1 minute"],
    [900, "15 minutes"],
    [3600, "1 hour"],
    [86_400, "24 hours"],
  ])("%d seconds are told as %s", (seconds, text) => {
    expect(inWords(seconds)).toBe(text);
  });
});

test("at a glance it is told who called, and that of nobody nothing is known", () => {
  const counts = { records: 1, clean: 1, duplicates: 0, quarantined: 0 };
  const calls = [
    call({ calls: 4 }),
    call({ outcome: "denied", problem: "ACCESS_DENIED" }),
    call({ principal: "nobody", outcome: "denied", problem: "UNAUTHORIZED", network: "127.0.2.0/24", calls: 2 }),
    call({ source: "waf", outcome: "denied", problem: "rate-all", principal: "nobody", calls: 7 }),
    call({ source: "waf", principal: "nobody", calls: 9 }),
    call({ source: "cloudtrail", principal: "role", calls: 100 }),
  ];
  const seen = { calls: 7, byOutcome: { served: 4, denied: 3, failed: 0 }, principals: 1, networks: 2 };
  expect(glanceAt({ name: "prod", counts: { waf: counts }, calls, answers: {} })).toEqual({
    ...seen,
    firewall: 7,
    nameless: 2,
    namedDenials: 1,
  });
  expect(glanceAt({ name: "weak", counts: {}, calls: [], answers: {} })).toEqual({
    calls: 0,
    byOutcome: { served: 0, denied: 0, failed: 0 },
    firewall: undefined,
    principals: 0,
    networks: 0,
    nameless: 0,
    namedDenials: 0,
  });
});
