import { describe, expect, it } from "vitest";
import { ATTACKS } from "../src/attacks/index.ts";
import { attackLine, chosenAttacks, layerLine } from "../src/lab.ts";
import { peelStep } from "../src/peel.ts";
import { attackResult } from "./support.ts";

const attack = { id: "sqli-union", defences: ["function:search-term", "database:grants"] } as const;
const blockedBy = (defence?: "function:search-term" | "database:grants") => attackResult({ defence });

describe("a step of the peeling", () => {
  it("holds when the next defence held", () => {
    expect(peelStep(attack, [], blockedBy("function:search-term"))).toMatchObject({
      expected: "function:search-term",
      observed: "function:search-term",
      ok: true,
    });
    const second = peelStep(attack, ["function:search-term"], blockedBy("database:grants"));
    expect(second).toMatchObject({ expected: "database:grants", ok: true });
    expect(layerLine(second)).toBe("ok   sqli-union without function:search-term: held by database:grants");
  });

  it("fails when another one held, or the removed one still does", () => {
    const step = peelStep(attack, ["function:search-term"], blockedBy("function:search-term"));
    expect(step.ok).toBe(false);
    expect(layerLine(step)).toBe(
      "FAIL sqli-union without function:search-term: held by function:search-term, expected database:grants",
    );
  });

  it("needs an exploit when all are gone, and allows none before", () => {
    const exploited = attackResult({ verdict: "exploited", layer: "none", defence: undefined });
    const last = peelStep(attack, attack.defences, exploited);
    expect(last).toMatchObject({ expected: "none", observed: "none", ok: true });
    expect(layerLine(last)).toBe("ok   sqli-union without function:search-term, database:grants: exploited");
    expect(peelStep(attack, [], exploited)).toMatchObject({ ok: false });
    expect(layerLine(peelStep(attack, [], exploited))).toBe(
      "FAIL sqli-union as deployed: exploited, expected function:search-term",
    );
  });

  it("of an attack that nothing reads ends with a request that was served without effect", () => {
    const unread = { ...attack, unread: "prod reads no such cookie" };
    const served = attackResult({ layer: "none", defence: undefined });
    const last = peelStep(unread, attack.defences, served);
    expect(last).toMatchObject({ expected: "unread", observed: "unread", ok: true });
    expect(layerLine(last)).toBe(
      "ok   sqli-union without function:search-term, database:grants: served, and nothing reads it",
    );
    expect(peelStep(attack, attack.defences, served).ok).toBe(false);
    const exploited = attackResult({ verdict: "exploited", layer: "none", defence: undefined });
    expect(peelStep(unread, attack.defences, exploited).ok).toBe(false);
  });

  it("never takes an error, or a layer without a defence, for a defence", () => {
    expect(peelStep(attack, [], attackResult({ verdict: "error", evidence: "gone" })).observed).toBe("error: gone");
    expect(peelStep(attack, [], attackResult({ layer: "gateway", defence: undefined })).observed).toBe("gateway");
  });
});

describe("progress", () => {
  it("tells an attack in a line", () => {
    expect(attackLine(attackResult(), { ok: true })).toBe("sqli-union: blocked by function:search-term");
    expect(attackLine(attackResult({ defence: undefined }), { ok: true })).toBe("sqli-union: blocked by function");
    expect(attackLine(attackResult({ layer: "none", defence: undefined }), { ok: true })).toBe(
      "sqli-union: blocked: nothing reads it",
    );
    expect(attackLine(attackResult({ verdict: "exploited" }), { ok: false })).toBe(
      "sqli-union: exploited, and its legitimate twin was NOT served",
    );
  });
});

describe("--only", () => {
  it("chooses by id, and all when nothing is chosen", () => {
    expect(chosenAttacks(["no-token"]).map(({ id }) => id)).toEqual(["no-token"]);
    expect(chosenAttacks([])).toEqual(ATTACKS);
  });
});
