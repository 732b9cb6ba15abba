import { defineConfig } from "vitest/config";

/** What Stryker runs for each mutant: the quick tests, and few runs of the properties. The conformance suites and the browser take minutes. */
export default defineConfig({
  test: {
    include: ["packages/core/test/**/*.test.ts", "functions/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "functions/test/conformance/x*.test.ts", "functions/test/build/**"],
    env: { FUZZ_RUNS: "150" },
    testTimeout: 30_000,
  },
});
