import { defineConfig } from "vitest/config";

/** What Stryker runs for each mutant: the quick tests. The conformance suites and the browser take minutes and stand for no single line. */
export default defineConfig({
  test: {
    include: ["packages/core/test/**/*.test.ts", "functions/test/**/*.test.ts"],
    exclude: ["**/node_modules/**", "functions/test/conformance/**", "functions/test/build/**"],
    testTimeout: 30_000,
  },
});
