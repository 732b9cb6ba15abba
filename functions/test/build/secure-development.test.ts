import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../../..");
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");

/** The table's rows: step, what is held, command, where it runs. */
const rows = read("docs/secure-development.md")
  .split("\n")
  .filter((line) => /^\| [a-z]/.test(line) && !line.startsWith("| step"))
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .map(([, step = "", , command = "", where = ""]) => ({ step, command: command.replaceAll("`", ""), where }));
const scripts = Object.keys(JSON.parse(read("package.json")).scripts);

describe("each step of the life cycle", () => {
  const steps = rows.filter(({ command }) => command !== "");

  test("has a command, but the report of a flaw", () => {
    expect(rows.filter(({ command }) => command === "").map(({ step }) => step)).toEqual(["report of a flaw"]);
    expect(new Set(rows.map(({ step }) => step)).size).toBeGreaterThanOrEqual(12);
  });

  test.each(steps)("$step: $command exists", ({ command }) => {
    const [runner, ...words] = command.split(" ");
    if (runner === "pnpm") expect(scripts).toContain(words[0]);
    for (const word of words.filter((each) => each.includes("/")))
      expect(existsSync(join(ROOT, word)), word).toBe(true);
    if (runner === "tsx") expect(words).toHaveLength(1);
  });

  test.each(steps.filter(({ where }) => where === "CI" || where === "nightly"))(
    "$step: $command is run where the table says",
    ({ command, where }) => {
      const script = read(where === "CI" ? ".ci/run" : ".ci/deep");
      // The whole test run has the tests of each path.
      const words = command.replace(/^pnpm /, "");
      const called = words.startsWith("test ") ? "pnpm test" : words;
      expect(script).toContain(called);
    },
  );
});
