/** A part of the code that is mutated in one run, with the tests that it is judged by. */
export interface Slice {
  name: string;
  /** Of which part it counts: at least 90 % of a part's mutants must be killed. */
  part: "core" | "functions";
  /** Source files, as globs of Stryker's. */
  mutate: readonly string[];
  /**
   * Whether what runs while a module is loaded (tables, patterns, sets) is changed too: each such mutant is tried by all tests of the slice,
   * in a module that is loaded anew. By default it is not.
   */
  statics?: boolean;
  /** Test files, as globs of Vitest's: few, since each mutant begins with a look at all of them. */
  tests: readonly string[];
}

/**
 * Slices are small so that a run that is ended loses little, and so that a change of one module has only its own mutants run again.
 * `handler.ts` files wire a function from its environment, and are run as they are by `functions/test/handlers.test.ts`, in a module of
 * its own each time, which Stryker does not see. `operations.ts` is run by each function's tests. Schemas are compiled; the texts of the
 * migrations are run by a real server.
 */
export const SLICES: readonly Slice[] = [
  {
    name: "core",
    part: "core",
    mutate: ["packages/core/src/**/*.ts"],
    tests: ["packages/core/test/**/*.test.ts"],
  },
  {
    name: "authorizer",
    part: "functions",
    mutate: ["functions/src/authorizer/**/*.ts", "!functions/src/authorizer/handler.ts"],
    tests: ["functions/test/authorizer/**/*.test.ts"],
  },
  {
    name: "defences",
    part: "functions",
    mutate: ["functions/src/shared/defences/**/*.ts"],
    tests: [
      "functions/test/shared/defences/**/*.test.ts",
      "functions/test/shared/{function,json,xml,permissions}.test.ts",
    ],
  },
  {
    name: "session",
    part: "functions",
    mutate: ["functions/src/session/**/*.ts", "!functions/src/session/handler.ts"],
    tests: ["functions/test/session/**/*.test.ts", "functions/test/operations.test.ts"],
  },
  {
    name: "orders",
    part: "functions",
    mutate: [
      "functions/src/orders/**/*.ts",
      "!functions/src/orders/handler.ts",
      "functions/src/shared/{order-store,order-id,orders,place-order,permissions}.ts",
    ],
    tests: [
      "functions/test/orders/**/*.test.ts",
      "functions/test/shared/{order-store,order-id,place-order,permissions}.test.ts",
      "functions/test/shared/defences/order-permission.test.ts",
      "functions/test/operations.test.ts",
    ],
  },
  {
    name: "database",
    part: "functions",
    mutate: ["functions/src/shared/{database,database-errors,database-token,dynamodb,revocations,sql,cart-keys}.ts"],
    tests: [
      "functions/test/shared/{database,database-errors,database-token,dynamodb,revocations,cart-keys,order-store}.test.ts",
    ],
  },
  {
    name: "json",
    part: "functions",
    mutate: ["functions/src/shared/{json,json-text}.ts"],
    tests: [
      "functions/test/shared/{json,json-looks,json-text}.test.ts",
      "functions/test/shared/defences/{body-limits,cart-revival}.test.ts",
      "functions/test/conformance/fuzz.test.ts",
    ],
  },
  {
    name: "parsers",
    part: "functions",
    mutate: [
      "functions/src/shared/{xml,xml-parser,body,schema,carts}.ts",
      "functions/src/order-import/**/*.ts",
      "!functions/src/order-import/handler.ts",
    ],
    tests: [
      "functions/test/shared/{xml,xml-parser,body,schema}.test.ts",
      "functions/test/shared/defences/{xml-limits,xml-doctype,order-schema,cart-revival}.test.ts",
      "functions/test/order-import/**/*.test.ts",
      "functions/test/conformance/fuzz.test.ts",
      "functions/test/operations.test.ts",
    ],
  },
  {
    name: "runtime",
    part: "functions",
    mutate: ["functions/src/shared/{api,aws,aws-query,aws-rest,cookies,env,function,invocation,log,refusal}.ts"],
    tests: [
      "functions/test/shared/{api,aws,aws-query,aws-rest,cookies,env,function,invocation,log,refusal}.test.ts",
      "functions/test/conformance/log-secrets.test.ts",
      "functions/test/operations.test.ts",
    ],
  },
  {
    name: "pages",
    part: "functions",
    mutate: ["functions/src/{admin,carts,catalog,partners,receipt}/**/*.ts", "!functions/src/**/handler.ts"],
    tests: [
      "functions/test/{admin,carts,catalog,partners,receipt}/**/*.test.ts",
      "functions/test/shared/defences/{cart-revival,cart-signature,receipt-layout}.test.ts",
      "functions/test/operations.test.ts",
    ],
  },
  {
    name: "finding-notifier",
    part: "functions",
    // Most of it is a table of texts, which a golden file holds.
    statics: true,
    mutate: [
      "functions/src/finding-notifier/**/*.ts",
      "functions/src/shared/{finding,queue,topic}.ts",
      "!functions/src/**/handler.ts",
    ],
    tests: ["functions/test/finding-notifier/**/*.test.ts", "functions/test/shared/{finding,queue,topic}.test.ts"],
  },
  {
    name: "finding-response",
    part: "functions",
    statics: true,
    mutate: ["functions/src/{finding-response,threat-simulator}/**/*.ts", "!functions/src/**/handler.ts"],
    tests: ["functions/test/{finding-response,threat-simulator}/**/*.test.ts"],
  },
  {
    name: "siem",
    part: "functions",
    statics: true,
    mutate: ["functions/src/{ocsf,siem-setup}/**/*.ts", "!functions/src/**/handler.ts"],
    tests: ["functions/test/{ocsf,siem-setup}/**/*.test.ts"],
  },
  {
    name: "migrations",
    part: "functions",
    mutate: ["functions/src/migrations/{users,master,grants,migrate}.ts"],
    tests: ["functions/test/migrations/{users,master,grants,migrate}.test.ts"],
  },
];

/** What is not mutated, and is in no slice. */
export const NOT_MUTATED: readonly string[] = [
  "functions/src/**/handler.ts",
  "functions/src/shared/schemas/**",
  "functions/src/migrations/schema.ts",
];

/** Stryker's options for a slice. What is written goes below `report/mutation`, which is no part of the repository. */
export function optionsOf({ name, mutate, statics = false }: Slice): object {
  return {
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: ".ci/mutation/vitest.config.ts", related: false },
    mutate: [...mutate],
    coverageAnalysis: "perTest",
    incremental: true,
    incrementalFile: `report/mutation/${name}.incremental.json`,
    reporters: ["json", "progress-append-only"],
    jsonReporter: { fileName: `report/mutation/${name}.json` },
    tempDirName: ".stryker-tmp",
    concurrency: 1,
    timeoutMS: 10_000,
    ignoreStatic: !statics,
    ignorePatterns: [
      ".lab",
      ".bundle",
      ".palisade",
      ".hypothesis",
      "coverage",
      "report",
      "dist",
      "bench",
      "docs",
      "examples",
      "stacks",
      "packages/*",
      "!packages/core",
      "!packages/testing",
    ],
  };
}
