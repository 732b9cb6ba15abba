import { describe, expect, it } from "vitest";
import { allCases } from "../../waf/cases.ts";
import type { EngineLine } from "../../waf/commands.ts";
import { heldOutAttacks, heldOutBenign } from "../../waf/held-out.ts";
import { type BenchCase, type BenchSet, inQuery } from "../../waf/requests.ts";
import { held, linesOf, perSecond, SELECTIONS, tableOf } from "../../waf/score.ts";

const one = (set: BenchSet, attack: boolean): BenchCase => ({ set, id: set, attack, request: inQuery("mug") });
const blocked = { blocked: true, injection: true };
const passed = { blocked: false, injection: false };

describe("the score", () => {
  const cases = [one("crs-942", true), one("crs-941", true), one("crs-941", true), one("schemathesis", false)];

  it("counts a line's own cases only, for each firewall", () => {
    const lines = linesOf(cases, [
      [blocked, passed, { blocked: true, injection: false }, passed],
      [blocked, blocked, blocked, blocked],
    ]);
    const both = lines.find(({ what }) => what === "attacks: Core Rule Set, both");
    expect(both).toEqual({
      what: "attacks: Core Rule Set, both",
      cases: 3,
      blocked: [2, 3],
      injection: [1, 3],
      limit: { atLeast: 0.8 },
    });
    expect(lines.find(({ what }) => what.startsWith("benign: schemathesis"))?.blocked).toEqual([0, 1]);
    expect(lines.find(({ what }) => what.startsWith("attacks: Core Rule Set, XSS"))?.cases).toBe(2);
  });

  it("judges the Core Rule Set's tests, held-out cases and schemathesis, and not what a detector was made from", () => {
    const judged = SELECTIONS.filter(({ limit }) => limit !== undefined);
    expect(judged.map(({ sets, attack, limit }) => [sets.join("+"), attack, limit])).toEqual([
      ["crs-942+crs-941", true, { atLeast: 0.8 }],
      ["held-out", true, { atLeast: 0.8 }],
      ["schemathesis", false, { atMost: 0.05 }],
      ["held-out", false, { atMost: 0.05 }],
    ]);
  });

  it("refuses figures of other cases", () => {
    expect(() => linesOf(cases, [[blocked]])).toThrow("bench:waf: firewall 1 judged 1 cases of 4");
  });

  it.each([
    [8, { atLeast: 0.8 }, true],
    [7, { atLeast: 0.8 }, false],
    [0, { atMost: 0.05 }, true],
    [1, { atMost: 0.05 }, false],
    [0, undefined, true],
  ])("%i of 10 with %j", (own, limit, expected) => {
    // Only the first firewall is held.
    const line = { what: "", cases: 10, blocked: [own, 10 - own], injection: [], ...(limit && { limit }) };
    expect(held(line)).toBe(expected);
  });

  it("holds nothing where there are no cases", () => {
    expect(held({ what: "", cases: 0, blocked: [0], injection: [0], limit: { atMost: 0.05 } })).toBe(false);
  });

  it("gives requests a second from the time of each", () => {
    expect(perSecond([500_000, 1_500_000])).toBe(1000);
  });

  it("prints shares, what is missed, and the speed", () => {
    const lines = linesOf(cases, [[passed, passed, blocked, passed]]);
    const text = tableOf(lines, ["prod"], [[10, 2000, 3000]]);
    expect(text).toMatch(/^MISS {3}attacks: Core Rule Set, both +3 +1 \(33\.3 %\) +at least 80 %$/m);
    expect(text).toMatch(/^ +benign: schemathesis from our OpenAPI document +1 +0 \(0\.0 %\) +at most 5 %$/m);
    expect(text).toMatch(/^ +near misses: .+ 0 +none$/m);
    expect(text).toMatch(/requests a second, one thread, median +2,000$/m);
  });
});

describe("the cases", () => {
  const request = { method: "GET", uri: "/get", version: "HTTP/1.1", headers: [], body: null };
  const line = (over: Partial<EngineLine>): EngineLine => ({
    source: "crs",
    id: "942100-1",
    fires: [942100],
    attack: false,
    text: "",
    request,
    ...over,
  });

  it("are attacks where a rule at level 1 must fire, and near misses where none may", () => {
    const [sql, xss, negative] = allCases(
      [line({}), line({ id: "941100-2", fires: [941100] }), line({ fires: [] })],
      [],
    );
    expect([sql?.set, sql?.attack]).toEqual(["crs-942", true]);
    expect([xss?.set, xss?.attack]).toEqual(["crs-941", true]);
    expect([negative?.set, negative?.attack]).toEqual(["crs-negative", false]);
    expect(sql?.request.body).toEqual(Buffer.alloc(0));
  });

  it("carry libinjection's texts byte for byte in a query, and schemathesis' requests as they are", () => {
    const text = Buffer.from([0x27, 0xff, 0x20]).toString("base64");
    const all = allCases(
      [line({ source: "libinjection", id: "test-sqli-001", attack: true, text })],
      [{ ...request, body: Buffer.from("{}").toString("base64") }],
    );
    expect(all[0]).toMatchObject({ set: "libinjection", attack: true, request: { uri: "/products?q=%27%ff%20" } });
    expect(all.at(-1)).toMatchObject({ set: "schemathesis", attack: false });
    expect(all.at(-1)?.request.body.toString()).toBe("{}");
  });

  it("that are held out are many, each with a name of its own", () => {
    const attacks = heldOutAttacks();
    const benign = heldOutBenign();
    expect([attacks.length, benign.length]).toEqual([252, 88]);
    expect(new Set(attacks.map(({ id }) => id)).size).toBe(252);
    expect(new Set(benign.map(({ id }) => id)).size).toBe(88);
    expect(attacks.every(({ attack }) => attack) && benign.every(({ attack }) => !attack)).toBe(true);
  });
});
