/** Each rule is held by a fixture that keeps to it, and violated by one that does not. */
import { describe, expect, test } from "vitest";
import type { RuleResult } from "../src/finding.ts";
import { parseLockFile } from "../src/lock-file.ts";
import { bundles, type JudgedBundle } from "../src/rules/bundles.ts";
import { installScripts } from "../src/rules/install-scripts.ts";
import { licences } from "../src/rules/licences.ts";
import { goSums, lockIntegrity, pinnedVersions, pythonHashes } from "../src/rules/lock-integrity.ts";
import { addedSince, ageSetting, minimumAge } from "../src/rules/minimum-age.ts";
import { type Audit, vulnerabilities, vulnerableImports, vulnerablePlaces } from "../src/rules/vulnerabilities.ts";
import { lockFile, POLICY, SHA512 } from "./support.ts";

const said = ({ findings }: RuleResult) => findings.map(({ subject, message }) => `${subject} ${message}`);

describe("licences", () => {
  const one = (licence: string, name = "a") => licences([{ name, version: "1.0.0", licence }], POLICY);

  test.each(["MIT", "(MIT OR GPL-3.0-only)", "MIT AND Apache-2.0", "(GPL-2.0-only OR (MIT AND Apache-2.0))"])(
    "%s is on the list",
    (licence) => {
      expect(one(licence)).toEqual({ rule: "licences", checked: 1, findings: [] });
    },
  );

  test.each([
    "GPL-3.0-only",
    "MIT AND GPL-3.0-only",
    "Apache-2.0+",
    "Apache-2.0 WITH LLVM-exception",
    "UNLICENSED",
    "SEE LICENSE IN LICENSE.md",
    "",
  ])("%j is not", (licence) => {
    expect(said(one(licence))).toEqual([
      `a@1.0.0 has the licence ${licence || "(none)"}, which is not one of MIT, Apache-2.0; choose another package`,
    ]);
  });

  test("an exception is for its package and its licence", () => {
    expect(one("CC-BY-4.0", "data-lite").findings).toEqual([]);
    expect(one("CC-BY-4.0", "other").findings).toHaveLength(1);
    expect(one("GPL-3.0-only", "data-lite").findings).toHaveLength(1);
  });
});

describe("install scripts", () => {
  const settings = { onlyBuiltDependencies: ["esbuild"] };
  const esbuild = { name: "esbuild", version: "1.0.0", scripts: ["postinstall"] };

  test("run for the packages that the policy names", () => {
    const packages = [esbuild, { name: "a", version: "1.0.0", scripts: [] }];
    expect(installScripts(packages, settings, POLICY)).toEqual({ rule: "install-scripts", checked: 2, findings: [] });
  });

  test("of another package are refused", () => {
    const packages = [esbuild, { name: "miner", version: "6.6.6", scripts: ["preinstall", "binding.gyp"] }];
    expect(said(installScripts(packages, settings, POLICY))).toEqual([
      "miner@6.6.6 has install scripts (preinstall, binding.gyp); read them and name it in installScripts or refusedInstallScripts",
    ]);
  });

  test("that are known and refused are named as long as they are there", () => {
    const policy = { ...POLICY, refusedInstallScripts: [{ name: "docker", reason: "not needed" }] };
    const docker = { name: "docker", version: "1.0.0", scripts: ["install"] };
    expect(installScripts([esbuild, docker], settings, policy).findings).toEqual([]);
    expect(said(installScripts([esbuild], settings, policy))).toEqual([
      "docker is in refusedInstallScripts and has none; remove it from the policy",
    ]);
  });

  test.each([
    [{}, "onlyBuiltDependencies is (none), and the policy's list is esbuild; make them the same"],
    [
      { onlyBuiltDependencies: ["esbuild", "miner"] },
      "onlyBuiltDependencies is esbuild, miner, and the policy's list is esbuild; make them the same",
    ],
    [
      { ...settings, dangerouslyAllowAllBuilds: true },
      "dangerouslyAllowAllBuilds lets other install scripts run; remove it",
    ],
    [
      { ...settings, onlyBuiltDependenciesFile: "x.json" },
      "onlyBuiltDependenciesFile lets other install scripts run; remove it",
    ],
  ])("pnpm's settings %j are no others than the policy's", (given, message) => {
    expect(said(installScripts([esbuild], given, POLICY))).toEqual([`pnpm-workspace.yaml: ${message}`]);
  });
});

describe("the lock file", () => {
  test("has a SHA-512 of every package, and versions of the registry alone", () => {
    expect(lockIntegrity(lockFile())).toEqual({ rule: "lock-integrity", checked: 1, findings: [] });
  });

  test.each([
    [
      { integrity: "sha1-AAAA" },
      "1.0.0",
      "a@1.0.0 has no SHA-512 in pnpm-lock.yaml; install it again from the registry",
    ],
    [{}, "1.0.0", "a@1.0.0 has no SHA-512 in pnpm-lock.yaml; install it again from the registry"],
    [
      { tarball: "https://codeload.example/a.tgz", integrity: SHA512 },
      "1.0.0",
      "a@1.0.0 comes from elsewhere than the registry (tarball); depend on a published version",
    ],
    [
      { type: "git", repo: "x", commit: "y" },
      "1.0.0",
      "a@1.0.0 comes from elsewhere than the registry (type, repo, commit); depend on a published version",
    ],
    [
      { integrity: SHA512 },
      "https://example.com/a.tgz",
      "a@https://example.com/a.tgz comes from elsewhere than the registry (https://example.com/a.tgz); depend on a published version",
    ],
  ])("%j of %s is refused", (resolution, version, message) => {
    expect(said(lockIntegrity(lockFile({ packages: [{ name: "a", version, resolution }] })))).toEqual([message]);
  });

  test("installs no direct dependency from elsewhere", () => {
    const importers = { bench: { a: "file:../a", b: "1.0.0", ours: "link:../core" } };
    expect(said(lockIntegrity(lockFile({ importers })))).toEqual([
      "bench: a is installed from file:…; depend on a published version",
    ]);
  });

  test("is read with its importers and dependants", () => {
    const text = `
lockfileVersion: '9.0'
importers:
  .:
    devDependencies:
      vite: { specifier: 1.0.0, version: 1.0.0(esbuild@2.0.0) }
packages:
  '@scope/a@1.0.0-rc.1': { resolution: { integrity: x } }
snapshots:
  vite@1.0.0(esbuild@2.0.0): { dependencies: { esbuild: 2.0.0 }, optionalDependencies: { c: 3.0.0(d@1.0.0) } }
  other@1.0.0: { dependencies: { esbuild: 2.0.0 } }
`;
    expect(parseLockFile(text)).toEqual({
      packages: [{ name: "@scope/a", version: "1.0.0-rc.1", resolution: { integrity: "x" } }],
      importers: { ".": { vite: "1.0.0" } },
      dependants: new Map([
        ["esbuild@2.0.0", ["vite@1.0.0", "other@1.0.0"]],
        ["c@3.0.0", ["vite@1.0.0"]],
      ]),
    });
  });
});

test("a manifest asks for exact versions", () => {
  const result = pinnedVersions({ "a/package.json": { x: "1.0.0", core: "workspace:*", y: "^1.0.0", z: "latest" } });
  expect(result.checked).toBe(4);
  expect(said(result)).toEqual([
    "a/package.json: y is asked for as ^1.0.0; write one exact version",
    "a/package.json: z is asked for as latest; write one exact version",
  ]);
});

describe("a Python list", () => {
  const hash = `--hash=sha256:${"a".repeat(64)}`;

  test("has one version and its hashes for each requirement", () => {
    const text = `# made\nattrs==26.1.0 \\\n    ${hash} \\\n    ${hash}\nb[c]==1.0 ; python_version < "3.11" \\\n    ${hash}\n`;
    expect(pythonHashes({ "r.txt": text })).toEqual({ rule: "python-hashes", checked: 2, findings: [] });
  });

  test.each([
    ["attrs==1.0", "r.txt: attrs==1.0 has no SHA-256; compile the list with --generate-hashes"],
    ["attrs==1.0 --hash=md5:aa", "r.txt: attrs==1.0 has no SHA-256; compile the list with --generate-hashes"],
    [`attrs>=1.0 ${hash}`, "r.txt: attrs>=1.0 is not one exact version of the index; compile the list again"],
    [
      `attrs @ git+https://example.com/a ${hash}`,
      "r.txt: attrs @ git+https://example.com/a is not one exact version of the index; compile the list again",
    ],
    [
      "--extra-index-url https://example.com",
      "r.txt: --extra-index-url https://example.com is not one exact version of the index; compile the list again",
    ],
  ])("%s is refused", (line, message) => {
    expect(said(pythonHashes({ "r.txt": line }))).toEqual([message]);
  });
});

describe("a Go module", () => {
  const mod = "module x\n\ngo 1.24\n\nrequire github.com/a/b v1.0.0\n";
  const h1 = `h1:${"A".repeat(43)}=`;
  const sum = `github.com/a/b v1.0.0 ${h1}\ngithub.com/a/b v1.0.0/go.mod ${h1}\n`;

  test("has the sums of what it requires", () => {
    expect(goSums({ m: { mod, sum } })).toEqual({ rule: "go-sums", checked: 1, findings: [] });
    const block = "require (\n\tgithub.com/a/b v1.0.0\n\tgolang.org/x/c v0.1.0 // indirect\n)\n";
    expect(goSums({ m: { mod: block, sum } }).checked).toBe(2);
  });

  test.each([
    [mod, "", "m: github.com/a/b@v1.0.0 is not in go.sum; run go mod tidy"],
    [mod, sum.replace(h1, "h2:x"), "m: github.com/a/b@v1.0.0 is not in go.sum; run go mod tidy"],
    [`${mod}replace github.com/a/b => ../b\n`, sum, "m/go.mod replaces a module; require a published version"],
  ])("without them is refused", (text, sums, message) => {
    expect(said(goSums({ m: { mod: text, sum: sums } }))).toEqual([message]);
  });
});

describe("the age of a version", () => {
  test("is held by pnpm's setting", () => {
    expect(
      ageSetting({ minimumReleaseAge: 4320, minimumReleaseAgeExclude: ["urgent@1.0.1"] }, POLICY).findings,
    ).toEqual([]);
    expect(said(ageSetting({}, POLICY))).toEqual([
      "pnpm-workspace.yaml: minimumReleaseAge is not set; write 4320 minutes, the policy's 3 days",
    ]);
    expect(said(ageSetting({ minimumReleaseAge: 60, minimumReleaseAgeExclude: ["left-pad"] }, POLICY))).toEqual([
      "pnpm-workspace.yaml: minimumReleaseAge is 60; write 4320 minutes, the policy's 3 days",
      "pnpm-workspace.yaml: minimumReleaseAgeExclude left-pad is no exception of the policy; write name@version in youngExceptions with the reason",
    ]);
  });

  const NOW = Date.UTC(2026, 10, 24);
  const day = 86_400_000;
  const added = [
    { name: "old", version: "1.0.0" },
    { name: "young", version: "2.0.0" },
    { name: "urgent", version: "1.0.1" },
  ];

  test("is at least the policy's, but of a named exception", async () => {
    const times: Record<string, number> = { old: NOW - 3 * day, young: NOW - 3 * day + 1 };
    const result = await minimumAge(added, async (name) => times[name], POLICY, NOW);
    expect(result).toEqual({
      rule: "minimum-age",
      checked: 2,
      findings: [{ subject: "young@2.0.0", message: "is 2 days old and must be 3; take an older version or wait" }],
    });
  });

  test("is said to be unknown where the registry does not tell it", async () => {
    const result = await minimumAge(added, () => Promise.reject(new Error("no network")), POLICY, NOW);
    expect(result).toEqual({
      rule: "minimum-age",
      checked: 0,
      findings: [],
      notChecked: "the registry does not say when 2 of 3 versions were published: old@1.0.0, young@2.0.0",
    });
  });

  test("concerns what a lock file did not have before", () => {
    const [a, b] = [
      { name: "a", version: "1.0.0", resolution: {} },
      { name: "a", version: "1.0.1", resolution: {} },
    ];
    expect(addedSince([a, b], [a])).toEqual([b]);
  });
});

describe("known vulnerabilities", () => {
  const advisory = (name: string, version: string, id: string, cves: string[] = []): Audit => ({
    advisories: {
      1: {
        module_name: name,
        severity: "high",
        title: "runs code",
        github_advisory_id: id,
        cves,
        findings: [{ version, paths: [] }],
      },
    },
  });

  test("of another package, another version or another kind are refused", () => {
    expect(said(vulnerabilities(advisory("a", "1.0.0", "GHSA-1", ["CVE-9"]), POLICY))).toEqual([
      "a@1.0.0 high: runs code (GHSA-1, CVE-9); take a version that is not affected",
    ]);
    expect(vulnerabilities(advisory("weakling", "0.0.5", "GHSA-1", ["CVE-2017-1"]), POLICY).findings).toHaveLength(1);
    expect(vulnerabilities(advisory("weakling", "0.0.4", "GHSA-new"), POLICY).findings).toHaveLength(1);
  });

  test("that weak shows, or that were accepted by name, are not", () => {
    expect(vulnerabilities(advisory("weakling", "0.0.4", "GHSA-1", ["CVE-2017-1"]), POLICY).findings).toEqual([]);
    expect(vulnerabilities(advisory("a", "1.0.0", "GHSA-accepted"), POLICY).findings).toEqual([]);
    expect(vulnerabilities({ advisories: {} }, POLICY)).toEqual({ rule: "vulnerabilities", checked: 0, findings: [] });
  });

  test.each([
    [undefined, "no answer of the audit (no JSON)"],
    [{ error: { code: "ERR_PNPM_AUDIT_BAD_RESPONSE" } }, "no answer of the audit (ERR_PNPM_AUDIT_BAD_RESPONSE)"],
    [{}, "no answer of the audit (no JSON)"],
  ])("are said to be unknown where the registry answers %j", (audit, notChecked) => {
    expect(vulnerabilities(audit, POLICY)).toEqual({ rule: "vulnerabilities", checked: 0, findings: [], notChecked });
  });

  test("on purpose are a dependency of weak and the lab alone", () => {
    expect(vulnerablePlaces(lockFile(), POLICY)).toEqual({ rule: "vulnerable-places", checked: 1, findings: [] });
    const importers = { functions: { weakling: "0.0.4" }, bench: { weakling: "1.0.0" } };
    const dependants = new Map([["weakling@0.0.4", ["other@1.0.0"]]]);
    expect(said(vulnerablePlaces(lockFile({ importers, dependants }), POLICY))).toEqual([
      "weakling@0.0.4 is a dependency of functions; it may be used in stacks/weak and packages/lab only",
      "weakling@0.0.4 is a dependency of other@1.0.0; nothing else may bring it in",
    ]);
    expect(said(vulnerablePlaces(lockFile({ packages: [] }), POLICY))).toEqual([
      "weakling@0.0.4 is named in the policy and not installed; remove it from `vulnerable`",
    ]);
  });

  test("on purpose are imported there alone", () => {
    const imports = {
      "stacks/weak/functions/carts.ts": ["weakling"],
      "packages/lab/src/a.ts": ["weakling"],
      "stacks/weakened.ts": ["weakling", "yaml"],
    };
    const result = vulnerableImports(imports, POLICY);
    expect(result.checked).toBe(3);
    expect(said(result)).toEqual(["stacks/weakened.ts imports weakling, which only stacks/weak and packages/lab may"]);
  });
});

describe("a bundle", () => {
  const judged = (change: Partial<JudgedBundle> = {}): JudgedBundle => ({
    name: "orders",
    codeBytes: 100,
    packages: ["jose"],
    sources: ["functions/src/orders/handler.ts"],
    files: new Map([["index.mjs", "export{}"]]),
    ...change,
  });
  const text = (content: string) => ({ files: new Map([["index.mjs", content]]) });

  test("is one file of our sources, within its budget", () => {
    expect(bundles([judged(), judged({ name: "small", codeBytes: 10 })], POLICY)).toEqual({
      rule: "bundles",
      checked: 2,
      findings: [],
    });
  });

  test.each([
    [{ codeBytes: 101 }, "has 101 bytes, more than its budget of 100"],
    [{ name: "small", codeBytes: 11 }, "has 11 bytes, more than its budget of 10"],
    [{ packages: ["@aws-sdk/client-s3"] }, "holds @aws-sdk/client-s3, which is forbidden: the SDK"],
    [{ sources: ["stacks/weak/a.ts"] }, "was made of stacks/weak/a.ts; a function is made of functions/src"],
    [
      { sources: ["functions/src/a.test.ts"] },
      "was made of functions/src/a.test.ts; a function is made of functions/src",
    ],
    [{ files: new Map([["src/handler.ts", ""]]) }, "holds the file src/handler.ts"],
    [{ files: new Map([[".env", ""]]) }, "holds the file .env"],
    [text("const k='AKIAIOSFODNN7EXAMPLE'"), "holds an AWS access key id"],
    [text("-----BEGIN RSA PRIVATE KEY-----"), "holds a private key"],
    [text("-----BEGIN PRIVATE KEY-----"), "holds a private key"],
    [text("t='eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl'"), "holds a JWT"],
    [text(`t='ghp_${"a".repeat(36)}'`), "holds a token of GitHub"],
    [text("mysql://admin:hunter2@db.example.com/shop"), "holds a URL with a password"],
    [text("//# sourceMappingURL=index.mjs.map"), "holds a reference to its source map"],
    [text('x("/home/builder/palisade/a.ts")'), "holds a path of the machine that built it"],
  ] as [Partial<JudgedBundle>, string][])("with %j is refused", (change, message) => {
    const bundle = judged(change);
    expect(said(bundles([bundle], POLICY))).toEqual([`the bundle of ${bundle.name} ${message}`]);
  });
});
