import { globSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { NOT_MUTATED, SLICES } from "../../../.ci/mutation/slices.ts";
import { figureOf, type MutationReport, survivorsOf, unjudged, updated } from "../../../.ci/mutation/survivors.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const files = (patterns: readonly string[]) =>
  globSync(
    patterns.filter((pattern) => !pattern.startsWith("!")),
    { cwd: ROOT, exclude: patterns.filter((pattern) => pattern.startsWith("!")).map((pattern) => pattern.slice(1)) },
  );

describe("the slices", () => {
  test("have every source file of the functions and of core once, but those that are listed", () => {
    const all = files(["functions/src/**/*.ts", "packages/core/src/**/*.ts"]);
    const sliced = SLICES.flatMap(({ mutate }) => files([...mutate, ...NOT_MUTATED.map((pattern) => `!${pattern}`)]));
    expect(sliced.toSorted()).toEqual(files([...all, ...NOT_MUTATED.map((pattern) => `!${pattern}`)]).toSorted());
  });

  test.each(SLICES)("$name: its tests are there", ({ tests }) => {
    expect(files(tests).length).toBeGreaterThan(0);
    for (const file of files(tests)) expect(file, join(ROOT, file)).toMatch(/\.test\.ts$/);
  });
});

const at = (line: number, from: number, to: number) => ({ start: { line, column: from }, end: { line, column: to } });
const mutant = (status: string, replacement: string, location = at(1, 11, 12)) => ({
  mutatorName: "m",
  status,
  replacement,
  location,
});
const REPORT: MutationReport = {
  files: {
    "a.ts": {
      source: "const x = a;\nconst y = a || b;\n",
      mutants: [
        mutant("Killed", "0"),
        mutant("Timeout", "1"),
        mutant("Ignored", "2"),
        mutant("CompileError", "3"),
        mutant("NoCoverage", "4"),
        mutant("Survived", "a && b", at(2, 11, 17)),
        mutant("Survived", "a && b", at(2, 11, 17)),
      ],
    },
  },
};
const DOCUMENT = "# M\n<!-- figures -->\n<!-- /figures -->\n<!-- survivors -->\n<!-- /survivors -->\n";

describe("a report", () => {
  test("is counted: what no test reached survived, and what was not tried is none", () => {
    expect(figureOf(REPORT)).toEqual({ mutants: 5, killed: 2, timedOut: 1 });
  });

  test("names each change that survived once, by its text", () => {
    expect(survivorsOf(REPORT)).toEqual([
      { file: "a.ts", mutant: "a → 4" },
      { file: "a.ts", mutant: "a || b → a && b" },
    ]);
  });
});

test("judgements stay with their mutants, and a mutant without one is said", () => {
  const figures = [{ name: "one", part: "functions", mutants: 5, killed: 2, timedOut: 1 }];
  const survivors = survivorsOf(REPORT);
  const open = updated(DOCUMENT, figures, survivors, ["a.ts"]);
  expect(open).toContain("| one | 5 | 2 | 1 | 40.0 % |\n| **all of functions** | 5 | 2 | 1 | 40.0 % |");
  expect(unjudged(open, survivors)).toEqual(survivors);
  const judged = open.replace(
    "`` a \\|\\| b → a && b `` | **not judged** |",
    "`a \\|\\| b → a && b`   | equivalent: b is a |",
  );
  expect(unjudged(judged, survivors)).toEqual([{ file: "a.ts", mutant: "a → 4" }]);
  const row = "| `` a \\|\\| b → a && b `` | equivalent: b is a |";
  expect(updated(judged, figures, survivors, ["a.ts"])).toContain(row);
  const quoted = [{ file: "b.ts", mutant: "/(`(`|``)`)/ → ``" }];
  const table = updated(DOCUMENT, figures, quoted, ["b.ts"]).replace("**not judged**", "words");
  expect(table).toContain("| b.ts | ``` /(`(`\\|``)`)/ → `` ``` | words |");
  expect(unjudged(table, quoted)).toEqual([]);
  // What was not mutated this time keeps its judgement; what was, and is killed now, has none.
  expect(updated(judged, figures, [], [])).toContain(row);
  expect(updated(judged, figures, [], ["a.ts"])).not.toContain(row);
});
