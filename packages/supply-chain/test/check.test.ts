import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { functionNames } from "@palisade/functions/bundle";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { billsOfMaterials, checkSupplyChain, newVersions } from "../src/check.ts";
import type { RuleResult } from "../src/finding.ts";
import { parseLockFile } from "../src/lock-file.ts";
import { POLICY } from "../src/policy.ts";
import { reportLines, verdict } from "../src/report.ts";
import { billOfMaterials, purlOf, schemaFault } from "../src/sbom.ts";
import * as workspace from "../src/workspace.ts";
import { SHA512 } from "./support.ts";

let folder: string;
let results: RuleResult[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "palisade-sbom-"));
  results = await checkSupplyChain(POLICY, { online: false, sbomFolder: folder });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe("this workspace", () => {
  test("keeps to the policy; what only a registry knows was not checked", () => {
    expect(results.flatMap(({ findings }) => findings)).toEqual([]);
    expect(results.filter(({ notChecked }) => notChecked !== undefined).map(({ rule }) => rule)).toEqual([
      "minimum-age",
      "vulnerabilities",
    ]);
    expect(verdict(results)).toEqual({ held: 11, violated: 0, notChecked: 2 });
  });

  test("was looked at by every rule", () => {
    const idle = results.filter(({ checked, notChecked }) => checked === 0 && notChecked === undefined);
    expect(idle.map(({ rule }) => rule)).toEqual([]);
    const count = (rule: string) => results.find((result) => result.rule === rule)?.checked ?? 0;
    expect(count("licences")).toBeGreaterThan(500);
    expect(count("lock-integrity")).toBeGreaterThan(500);
    expect(count("vulnerable-imports")).toBeGreaterThan(300);
    expect(count("bundles")).toBe(functionNames().length);
  });

  test("has a bill of materials for each function", () => {
    expect(readdirSync(folder).sort()).toEqual(functionNames().map((name) => `${name}.cdx.json`));
    const carts = JSON.parse(readFileSync(join(folder, "carts.cdx.json"), "utf8"));
    expect(carts).toMatchObject({
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      metadata: { component: { name: "carts" } },
    });
    const jose = carts.components.find(({ purl }: { purl: string }) => purl.startsWith("pkg:npm/jose@"));
    expect(jose).toMatchObject({
      type: "library",
      licenses: [{ license: { id: "MIT" } }],
      hashes: [{ alg: "SHA-512", content: expect.stringMatching(/^[0-9a-f]{128}$/) }],
    });
    expect(carts.components.some(({ name }: { name: string }) => name === "mysql2")).toBe(true);
  });
});

describe("a bill of materials", () => {
  const component = { name: "@scope/a", version: "1.0.0+build", licence: "MIT OR Apache-2.0", integrity: SHA512 };

  test("is CycloneDX, and the same for the same bundle", async () => {
    const facts = {
      name: "orders",
      sha256: "a".repeat(64),
      components: [component, { ...component, name: "b", licence: "" }],
    };
    const bill = billOfMaterials(facts);
    expect(billOfMaterials(facts)).toBe(bill);
    expect(await schemaFault(bill)).toBeUndefined();
    expect(JSON.parse(bill).components[0]).toMatchObject({
      purl: "pkg:npm/%40scope/a@1.0.0%2Bbuild",
      licenses: [{ expression: "MIT OR Apache-2.0" }],
    });
    expect(purlOf({ name: "b", version: "1.0.0" })).toBe("pkg:npm/b@1.0.0");
  });

  test("that is not CycloneDX is a finding, and so is a package that the lock file does not know", async () => {
    const facts = { name: "x", sha256: "a".repeat(64), components: [{ ...component, licence: "Ours", integrity: "" }] };
    const { findings, checked } = await billsOfMaterials([{ facts }], folder, async () => "no type");
    expect(checked).toBe(1);
    expect(JSON.parse(readFileSync(join(folder, "x.cdx.json"), "utf8")).components[0].licenses).toEqual([
      { license: { name: "Ours" } },
    ]);
    rmSync(join(folder, "x.cdx.json"));
    expect(findings[0]).toEqual({
      subject: "x: @scope/a@1.0.0+build",
      message: "is bundled and not in pnpm-lock.yaml",
    });
    expect(findings[1]).toEqual({ subject: "x.cdx.json", message: "is not CycloneDX 1.6: no type" });
    expect(await schemaFault('{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"name":"a"}]}')).toContain(
      '"missingProperty":"type"',
    );
  });
});

describe("what a registry says", () => {
  test("of versions is asked once for each package, and is the time of publishing", async () => {
    const asked: string[][] = [];
    const publishedAt = workspace.registryTimes(async (_command, args) => {
      asked.push(args);
      return '{"1.0.0":"2026-11-18T07:35:25Z"}';
    });
    expect(await publishedAt("a", "1.0.0")).toBe(Date.UTC(2026, 10, 18, 7, 35, 25));
    expect(await publishedAt("a", "9.9.9")).toBeUndefined();
    expect(asked).toEqual([["-y", "pnpm@10", "view", "a", "time", "--json"]]);
  });

  test("of vulnerabilities is read, whichever code the command ends with", async () => {
    expect(await workspace.pnpmAudit(async () => '{"advisories":{}}')).toEqual({ advisories: {} });
    const failing = (error: object) => workspace.pnpmAudit(() => Promise.reject(error));
    expect(await failing({ stdout: '{"error":{"code":"X"}}' })).toEqual({ error: { code: "X" } });
    expect(await failing(new Error("no such command"))).toBeUndefined();
  });

  test("is asked of what came in since a commit, and of nothing where git does not know it", async () => {
    const lockFile = await workspace.fileAt("HEAD", "pnpm-lock.yaml");
    const now = [...parseLockFile(String(lockFile)).packages, { name: "new-one", version: "1.0.0", resolution: {} }];
    expect(await newVersions(POLICY, now, "HEAD", async () => Date.now() + 60_000)).toEqual({
      rule: "minimum-age",
      checked: 1,
      // The registry's clock is a minute ahead.
      findings: [{ subject: "new-one@1.0.0", message: "is 0 days old and must be 3; take an older version or wait" }],
    });
    expect(await newVersions(POLICY, now, "no-such-commit", async () => 0)).toEqual({
      rule: "minimum-age",
      checked: 0,
      findings: [],
      notChecked: "git has no lock file at no-such-commit",
    });
  });
});

describe("what is read of the workspace", () => {
  test("imports of every form", () => {
    const source = `import a from "a/sub"; import { b } from '@s/b/x'; export * from "c"; import "d";
      const e = await import("e"); require("f"); require.resolve("g/package.json"); import x from "./own.ts"; import "node:fs";`;
    expect(workspace.importsOf(source)).toEqual(["a", "@s/b", "c", "d", "e", "f", "g", "node:fs"]);
  });

  test("the package of a bundled file, the innermost one", () => {
    const input = "node_modules/.pnpm/jose@6.2.18/node_modules/jose/dist/webapi/index.js";
    expect(workspace.packageOf(input)).toEqual({ name: "jose", version: "6.2.18", licence: "MIT" });
    expect(workspace.packageOf("functions/src/a.ts")).toBeUndefined();
  });

  test("a file at a commit, where git has it", async () => {
    expect(await workspace.fileAt("HEAD", "package.json")).toContain('"name": "palisade"');
    expect(await workspace.fileAt("HEAD", "no-such-file")).toBeUndefined();
  });
});

test("the report says of each rule what it found, and counts", () => {
  const held: RuleResult = { rule: "a", checked: 3, findings: [] };
  const violated: RuleResult = {
    rule: "b",
    checked: 1,
    findings: [{ subject: "x@1", message: "is bad" }],
    notChecked: "partly",
  };
  const unknown: RuleResult = { rule: "c", checked: 0, findings: [], note: "old", notChecked: "no registry" };
  expect(reportLines([held, violated, unknown])).toEqual([
    "  held        a                        3 looked at",
    "  VIOLATED    b                        1 looked at; partly",
    "      x@1 is bad",
    "  NOT CHECKED c                        0 looked at; old; no registry",
  ]);
  expect(verdict([held, violated, unknown])).toEqual({ held: 1, violated: 1, notChecked: 1 });
});
