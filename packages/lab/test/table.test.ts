import { describe, expect, it } from "vitest";
import { COLOURS, omissions, summaries, surprises, table } from "../src/table.ts";
import { attackResult, stageResult } from "./support.ts";

const exploited = attackResult({ verdict: "exploited", layer: "none", defence: undefined, evidence: "secret read" });
const weak = stageResult({ stage: "weak", attacks: [exploited], resources: { emulated: 2, declared: 0 } });
const prod = stageResult();

describe("the table", () => {
  it("shows an attack before and after, and what held", () => {
    expect(table({ stages: [weak, prod] })).toBe(
      [
        "attack      paper   weak       prod     layer",
        "----------  ------  ---------  -------  --------------------",
        "sqli-union  IV.1.B  exploited  blocked  function:search-term",
      ].join("\n"),
    );
  });

  it("names the layer where no defence is known, and none where nothing held", () => {
    const byGateway = stageResult({ attacks: [attackResult({ layer: "gateway", defence: undefined })] });
    expect(table({ stages: [byGateway] })).toContain("blocked  gateway");
    expect(table({ stages: [weak] })).toContain("exploited  none");
  });

  it("keeps its columns where a stage has no result for an attack", () => {
    const empty = stageResult({ attacks: [] });
    expect(table({ stages: [weak, empty] })).toContain("sqli-union  IV.1.B  exploited        none");
  });

  it("has only its head where there are no stages", () => {
    expect(table({ stages: [] })).toBe("attack  paper  layer\n------  -----  -----");
  });

  it("colours what is bad red and what is good green, without moving the columns", () => {
    const coloured = table({ stages: [weak, prod] }, COLOURS);
    expect(coloured).toContain("\u001b[31mexploited\u001b[39m  \u001b[32mblocked\u001b[39m");
    expect(coloured).toContain("\u001b[1mattack\u001b[22m");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape codes are what is taken out
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(table({ stages: [weak, prod] }));
  });

  it("colours an error red and what was not run green", () => {
    const stage = stageResult({
      attacks: [attackResult({ verdict: "error" }), attackResult({ id: "xss-stored", verdict: "not run" })],
    });
    expect(table({ stages: [stage] }, COLOURS)).toContain("\u001b[31merror\u001b[39m");
    expect(table({ stages: [stage] }, COLOURS)).toContain("\u001b[32mnot run\u001b[39m");
  });
});

describe("below the table", () => {
  it("sums each stage up in a line", () => {
    expect(summaries({ stages: [weak, prod] })).toEqual([
      "weak: 1 attacks: 1 exploited; legitimate requests served: 1 of 1; resources: 2 emulated / 0 declared; provisioned in 1.5 s, attacked in 2.5 s",
      "prod: 1 attacks: 1 blocked; legitimate requests served: 1 of 1; resources: 3 emulated / 1 declared; provisioned in 1.5 s, attacked in 2.5 s",
    ]);
  });

  it("names what is not as expected", () => {
    const twin = { id: "sqli-union", ok: false, evidence: "GET /products → 500", exchanges: [] };
    expect(surprises({ stages: [weak, prod] })).toEqual([]);
    expect(surprises({ stages: [stageResult({ attacks: [exploited], legitimate: [twin] })] })).toEqual([
      "prod: sqli-union is exploited: secret read",
      "prod: the legitimate twin of sqli-union was not served: GET /products → 500",
    ]);
  });

  it("names what was left out", () => {
    const stage = stageResult({
      attacks: [
        attackResult({ verdict: "not run", evidence: "no browser" }),
        attackResult({ id: "flood", verdict: "declared", evidence: "WAF is stored only" }),
        attackResult({ id: "other" }),
      ],
    });
    expect(omissions({ stages: [stage] })).toEqual([
      "prod: sqli-union is not run: no browser",
      "prod: flood is declared: WAF is stored only",
    ]);
  });
});
