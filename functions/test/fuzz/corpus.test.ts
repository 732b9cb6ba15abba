/** The corpus of the coverage-guided fuzzing, run as tests: what reached a place once, and what broke a sentence before it was mended. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runTarget, TARGETS } from "../../fuzz/targets.ts";

const CORPUS = join(import.meta.dirname, "../../fuzz/corpus");

test("each target has a corpus, and each corpus a target", () => {
  expect(readdirSync(CORPUS).sort()).toEqual(TARGETS.map(({ name }) => name).sort());
});

describe.each(TARGETS)("$name: $sentence", ({ name }) => {
  test("holds for each input of the corpus", async () => {
    const files = readdirSync(join(CORPUS, name));
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) {
      await runTarget(name, readFileSync(join(CORPUS, name, file))).catch((error: unknown) => {
        throw new Error(`${name}/${file}: ${String(error)}`);
      });
    }
  });

  test("holds for nothing at all", async () => {
    await runTarget(name, Buffer.alloc(0));
  });
});
