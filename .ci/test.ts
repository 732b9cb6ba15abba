/**
 * `pnpm test`: every test, then the line that CI and people read: `N passed, N failed`.
 *
 *   pnpm test                    all tests, with coverage held at 95 %
 *   pnpm test packages/core      the tests under a path, without the coverage floor
 *
 * A whole run starts some forty servers and a browser on a machine that is shared. A file that fails is therefore run once more, alone, and
 * each test that only passed then is named as such: it is to be mended, and it does not hide behind a green line. A test that fails twice has failed.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { relative } from "node:path";
import vitestConfig from "../vitest.config.ts";

interface Report {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Runs vitest. Returns its report, or undefined when it wrote none; `ok` is false when a test, a file or a floor failed. */
function vitest(paths: readonly string[], output: string, ...options: string[]): { ok: boolean; report?: Report } {
  rmSync(output, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${output}`];
  const { status } = spawnSync("vitest", ["run", ...paths, ...reporters, ...options], { stdio: "inherit" });
  return {
    ok: status === 0,
    ...(existsSync(output) && { report: JSON.parse(readFileSync(output, "utf8")) as Report }),
  };
}

/** The files that failed, each with its failing tests; none when the file itself could not be loaded or prepared. */
function failures({ testResults }: Report): Map<string, string[]> {
  return new Map(
    testResults
      .filter(({ status }) => status === "failed")
      .map(({ name, assertionResults }) => [
        relative(process.cwd(), name),
        assertionResults.filter(({ status }) => status === "failed").map(({ fullName }) => fullName),
      ]),
  );
}

/** How many tests passed in the given files. */
function passedIn({ testResults }: Report, files: ReadonlyMap<string, unknown>): number {
  return testResults
    .filter(({ name }) => files.has(relative(process.cwd(), name)))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "passed").length;
}

/** The floors of vitest.config.ts that the whole run missed. A run with a failing test ends the same with and without them, so they are read. */
function missedFloors(): string[] {
  const thresholds = vitestConfig.test?.coverage?.thresholds ?? {};
  const { total } = JSON.parse(readFileSync("coverage/coverage-summary.json", "utf8"));
  return (["lines", "branches"] as const)
    .filter((kind) => total[kind].pct < Number(thresholds[kind]))
    .map((kind) => `coverage of ${kind}: ${total[kind].pct} %, at least ${thresholds[kind]} %`);
}

const paths = process.argv.slice(2);
const whole = paths.length === 0;
mkdirSync("coverage", { recursive: true });

const first = vitest(paths, "coverage/tests.json", ...(whole ? ["--coverage"] : []));
if (first.report === undefined) {
  console.error("The test runner wrote no result: see its output above.");
  console.log("0 passed, 1 failed");
  process.exit(1);
}

const failed: string[] = [];
let passed = first.report.numPassedTests;
if (!first.ok) {
  const before = failures(first.report);
  if (whole) failed.push(...missedFloors());
  if (before.size > 0) {
    console.log(`\nOnce more, alone: ${[...before.keys()].join(", ")}`);
    const second = vitest([...before.keys()], "coverage/tests-again.json", "--maxWorkers=1");
    const after = second.report === undefined ? before : failures(second.report);
    for (const [file, tests] of before) {
      const still = after.get(file);
      if (still === undefined) console.log(`passed only on the second run: ${[file, ...tests].join("\n  ")}`);
      else failed.push(...(still.length === 0 ? [file] : still.map((test) => `${file}: ${test}`)));
    }
    // What passed in those files counts by the second run: tests behind a server that did not start had not run at all in the first.
    if (second.report) passed += second.report.numPassedTests - passedIn(first.report, before);
  } else if (failed.length === 0) {
    failed.push("the test runner itself: see its output above");
  }
}
for (const what of failed) console.log(`failed: ${what}`);
console.log(`${passed} passed, ${failed.length} failed`);
process.exit(failed.length === 0 && passed > 0 ? 0 : 1);
