import { afterAll, describe, expect, it } from "vitest";
import { ATTACKS } from "../../src/attacks/index.ts";
import { Closers } from "../../src/closers.ts";
import { runLab, runLayers } from "../../src/lab.ts";
import { surprises } from "../../src/table.ts";

const LAB_MS = 300_000;

const closers = new Closers();
afterAll(() => closers.closeAll(), LAB_MS);

describe("the whole lab", () => {
  it(
    "exploits weak with every attack, prod with none, and serves every legitimate request",
    async () => {
      const lines: string[] = [];
      const result = await runLab([], closers, (line) => lines.push(line));
      expect(surprises(result)).toEqual([]);
      expect(result.stages.map(({ stage, attacks }) => [stage, attacks.length])).toEqual([
        ["weak", ATTACKS.length],
        ["prod", ATTACKS.length],
      ]);
      for (const { attacks } of result.stages) {
        const unproven = attacks.filter(({ verdict, exchanges }) => verdict !== "not run" && exchanges.length === 0);
        expect(unproven).toEqual([]);
      }
      const [, prod] = result.stages;
      const unexplained = prod?.attacks.filter(({ verdict, defences, defence }) => {
        return verdict === "blocked" && !defences.some((id) => id === defence);
      });
      expect(unexplained).toEqual([]);
      expect(lines.join("\n")).toMatch(/prod: \d+ resources emulated \/ \d+ declared/);
    },
    LAB_MS,
  );

  it(
    "tells each step of the layers",
    async () => {
      const lines: string[] = [];
      const steps = await runLayers(["function-level-authorization"], closers, (line) => lines.push(line));
      expect(steps.map(({ observed }) => observed)).toEqual(["authorizer:allow-list", "function:group-check", "none"]);
      expect(lines.at(-1)).toBe(
        "ok   function-level-authorization without authorizer:allow-list, function:group-check: exploited",
      );
    },
    LAB_MS,
  );
});
