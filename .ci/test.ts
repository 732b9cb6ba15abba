/**
 * `pnpm test`: every test, then the line that CI and people read: `N passed, N failed`.
 *
 *   pnpm test                    all tests, with coverage held at 95 %
 *   pnpm test packages/core      the tests under a path, without the coverage floor
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";

const paths = process.argv.slice(2);
const report = "coverage/tests.json";
rmSync(report, { force: true });
mkdirSync("coverage", { recursive: true });

const whole = paths.length === 0;
const run = spawnSync(
  "vitest",
  [
    "run",
    ...paths,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
    ...(whole ? ["--coverage"] : []),
  ],
  { stdio: "inherit" },
);

if (!existsSync(report)) {
  console.error("The test runner wrote no result: see its output above.");
  console.log("0 passed, 1 failed");
  process.exit(1);
}
const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, "utf8"));
// A file that cannot be loaded, or a coverage floor that is missed, fails the run without a failing test: count it as one.
const failed = numFailedTests || (run.status === 0 && numFailedTestSuites === 0 ? 0 : 1);
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(failed === 0 && numPassedTests > 0 ? 0 : 1);
