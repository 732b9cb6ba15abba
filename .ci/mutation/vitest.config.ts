import { defineConfig } from "vitest/config";
import { SLICES } from "./slices.ts";

const slice = SLICES.find(({ name }) => name === process.env.MUTATION_SLICE);

/** What Stryker runs for each mutant: the tests of a slice, and few runs of the properties. The conformance suites and the browser take minutes. */
export default defineConfig({
  test: {
    include: [...(slice?.tests ?? [])],
    exclude: ["**/node_modules/**"],
    setupFiles: ["functions/test/support/mutation.ts"],
    env: { FUZZ_RUNS: "150" },
    testTimeout: 30_000,
  },
});
