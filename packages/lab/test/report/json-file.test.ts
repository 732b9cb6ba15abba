import { describe, expect, it } from "vitest";
import { toJsonFile } from "../../src/report/json-file.ts";
import { attackResult, stageResult } from "../support.ts";

describe("the file of --json", () => {
  it("has the verdicts of each stage, with layers and with defences", () => {
    expect(toJsonFile({ stages: [stageResult()] })).toEqual({
      stages: [
        {
          stage: "prod",
          provisionMs: 1500,
          resources: { emulated: 3, declared: 1 },
          attacks: [
            {
              id: "sqli-union",
              title: "Read secrets",
              owasp: ["SAS-1"],
              paper: "IV.1.B",
              verdict: "blocked",
              layers: ["function", "database"],
              layer: "function",
              defences: ["function:search-term", "database:grants"],
              defence: "function:search-term",
              evidence: "GET /products → 400",
            },
          ],
          legitimate: [{ id: "sqli-union", ok: true, evidence: "a search finds MUG-1" }],
        },
      ],
    });
  });

  it("names no defence where none held", () => {
    const result = attackResult({ verdict: "exploited", layer: "none", defence: undefined });
    const [attack] = toJsonFile({ stages: [stageResult({ attacks: [result] })] }).stages[0]?.attacks ?? [];
    expect(attack).toMatchObject({ layer: "none", layers: ["function", "database"] });
    expect(attack).not.toHaveProperty("defence");
  });
});
