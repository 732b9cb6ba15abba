import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "packages/*/test/**/*.test.ts",
      "functions/test/**/*.test.ts",
      "stacks/test/**/*.test.ts",
      "bench/test/**/*.test.ts",
    ],
    // Against what hangs. Several tests compile or start processes, and a machine that is shared has been four times as slow as a quiet one.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // At least two: the longest files wait for processes of their own most of the time. Vitest's own choice leaves a core free.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    coverage: {
      provider: "v8",
      include: ["packages/*/src/**/*.ts", "functions/src/**/*.ts"],
      // What runs only as a process of its own, where coverage does not see it: the commands' first lines, and the lab's stand-ins,
      // which are bundled into functions.
      exclude: ["packages/*/src/*cli.ts", "packages/lab/src/stand-ins/**"],
      reporter: ["text-summary", "json-summary", "html"],
      reportOnFailure: true,
      thresholds: { lines: 95, branches: 95 },
    },
  },
});
