import { describe, expect, it } from "vitest";
import type { DefenceId } from "../src/defences.ts";
import { expected, failed, judge, notRun, passed, type Verdict, WITHOUT_EDGE } from "../src/verdict.ts";
import { entry } from "./support.ts";

const observation = {
  layer: "function",
  defence: "function:search-term",
  record: entry({ event: "denied" }),
} as const;

const claimed = ["gateway:model", "function:search-term"] as const;

describe("a verdict", () => {
  it("is exploited by the effect alone, whatever was logged", () => {
    expect(judge({ effect: true, evidence: "read" }, observation, claimed)).toEqual({
      verdict: "exploited",
      layer: "none",
      evidence: "read",
    });
  });

  it("is blocked with the record that says why", () => {
    expect(judge({ effect: false, evidence: "GET / → 400" }, observation, claimed)).toEqual({
      verdict: "blocked",
      layer: "function",
      defence: "function:search-term",
      evidence: 'GET / → 400; function:search-term, by the function\'s record "denied"',
    });
  });

  it("names the answer where no log but the answer itself shows what held", () => {
    const encoded = { ...observation, record: entry({ source: "answer", event: "served" }) };
    expect(judge({ effect: false, evidence: "GET / → 200" }, encoded, claimed).evidence).toBe(
      "GET / → 200; function:search-term, by the answer",
    );
  });

  it("is an error when a layer held and the record names no defence", () => {
    const record = entry({ source: "gateway", event: "TooManyRequestsException" });
    expect(judge({ effect: false, evidence: "GET / → 429" }, { layer: "gateway", record }, claimed)).toEqual({
      verdict: "error",
      layer: "gateway",
      evidence:
        'held by what the attack does not list: GET / → 429; gateway, by the gateway\'s record "TooManyRequestsException"',
    });
  });

  it("is an error when a defence held that the attack does not list", () => {
    expect(judge({ effect: false, evidence: "GET / → 400" }, observation, ["gateway:model"])).toEqual({
      verdict: "error",
      layer: "function",
      evidence:
        'held by what the attack does not list: GET / → 400; function:search-term, by the function\'s record "denied"',
    });
  });

  it("is an error, not blocked, when no record explains it", () => {
    expect(judge({ effect: false, evidence: "GET / → 500" }, undefined, claimed)).toEqual({
      verdict: "error",
      layer: "none",
      evidence: "no effect, and no log record says why: GET / → 500",
    });
  });

  it("is blocked at no layer where the request was served, and nothing reads what it carries", () => {
    const outcome = { effect: false, evidence: "GET / → 200" };
    expect(judge(outcome, undefined, claimed, "prod reads no such cookie")).toEqual({
      verdict: "blocked",
      layer: "none",
      evidence: "GET / → 200, without effect: prod reads no such cookie",
    });
    // A record that something held comes first, and so does the effect.
    expect(judge(outcome, observation, claimed, "prod reads no such cookie")).toMatchObject({ layer: "function" });
    expect(judge({ ...outcome, effect: true }, undefined, claimed, "no")).toMatchObject({ verdict: "exploited" });
  });

  it("is not run, or an error, with the reason", () => {
    expect(notRun("no browser")).toEqual({ verdict: "not run", layer: "none", evidence: "no browser" });
    expect(failed("connection refused")).toEqual({ verdict: "error", layer: "none", evidence: "connection refused" });
  });
});

describe("what the lab expects", () => {
  it.each<[string, Verdict, boolean]>([
    ["weak", "exploited", true],
    ["weak", "blocked", false],
    ["weak", "error", false],
    ["weak", "not run", true],
    ["weak", "declared", true],
    ["prod", "exploited", false],
    ["prod", "blocked", true],
    ["prod", "error", false],
    ["prod", "not run", true],
    ["prod", "declared", true],
  ])("of %s, that an attack is %s: %s", (stage, verdict, ok) => {
    expect(expected(stage, verdict, { defences: claimed })).toBe(ok);
  });

  it.each<[DefenceId[], string | undefined, Verdict, boolean]>([
    [["edge:rate-limit"], undefined, "exploited", true],
    [["edge:rate-limit"], undefined, "blocked", false],
    [["edge:ip-deny"], undefined, "error", false],
    [["edge:ip-deny"], undefined, "not run", true],
    [["edge:script", "function:html-encoding"], undefined, "blocked", true],
    [["edge:script", "function:html-encoding"], undefined, "exploited", false],
    [["edge:script"], "prod reads no such header", "blocked", true],
    [["edge:script"], "prod reads no such header", "exploited", false],
  ])("of prod without its edge and an attack with %j (%s), that it is %s: %s", (defences, unread, verdict, ok) => {
    const attack = { defences, ...(unread && { unread }) };
    expect(expected(WITHOUT_EDGE, verdict, attack)).toBe(ok);
    expect(expected("prod", "exploited", attack)).toBe(false);
  });

  it("needs every twin too: a stage that refuses everything fails", () => {
    const attacks = [{ verdict: "blocked" as const, defences: claimed }];
    expect(passed("prod", attacks, [{ ok: true, evidence: "" }])).toBe(true);
    expect(passed("prod", attacks, [{ ok: false, evidence: "" }])).toBe(false);
    expect(passed("prod", [{ verdict: "exploited", defences: claimed }], [{ ok: true, evidence: "" }])).toBe(false);
  });
});
