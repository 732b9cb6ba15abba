import type { LockFile } from "../src/lock-file.ts";
import type { Policy } from "../src/policy.ts";

/** A small policy for the tests' fixtures. */
export const POLICY: Policy = {
  licences: {
    allowed: ["MIT", "Apache-2.0"],
    exceptions: [{ name: "data-*", licence: "CC-BY-4.0", reason: "data" }],
  },
  installScripts: [{ name: "esbuild", reason: "its binary" }],
  refusedInstallScripts: [],
  minimumAgeDays: 3,
  youngExceptions: [{ name: "urgent", version: "1.0.1", reason: "mends CVE-1" }],
  vulnerablePlaces: ["stacks/weak", "packages/lab"],
  vulnerable: [{ name: "weakling", version: "0.0.4", advisories: ["CVE-2017-1"], reason: "weak" }],
  advisoryExceptions: [{ name: "GHSA-accepted", reason: "the function that is vulnerable is not called" }],
  bundles: {
    forbidden: [{ pattern: /^@aws-sdk\//, reason: "the SDK" }],
    sources: /^functions\/src\/.+$/,
    budgets: { small: 10, default: 100 },
  },
};

export const SHA512 = `sha512-${"A".repeat(86)}==`;

/** A lock file of some packages, in order. */
export function lockFile(change: Partial<LockFile> = {}): LockFile {
  return {
    packages: [{ name: "weakling", version: "0.0.4", resolution: { integrity: SHA512 } }],
    importers: { stacks: { weakling: "0.0.4" }, "packages/lab": { weakling: "0.0.4" } },
    dependants: new Map(),
    ...change,
  };
}
