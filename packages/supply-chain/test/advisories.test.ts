import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { auditBy, type OsvRecord, readAdvisories } from "../src/advisories.ts";
import { knownVulnerabilities } from "../src/check.ts";
import { vulnerabilities, vulnerabilitiesBy } from "../src/rules/vulnerabilities.ts";
import { POLICY } from "./support.ts";

const RECORD: OsvRecord = {
  id: "GHSA-a",
  modified: "2026-11-20T08:00:00Z",
  aliases: ["CVE-2026-1"],
  summary: "runs code",
  affected: [
    {
      package: { ecosystem: "npm", name: "a" },
      ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "1.2.0" }, { introduced: "2.0.0" }] }],
    },
  ],
  database_specific: { severity: "HIGH" },
};
const ranged = (...events: object[]): OsvRecord => ({
  ...RECORD,
  affected: [{ package: { ecosystem: "npm", name: "a" }, ranges: [{ type: "SEMVER", events }] }],
});
const versionsFound = (record: OsvRecord, ...versions: string[]) =>
  Object.values(
    auditBy(
      { records: [record], newest: 0 },
      versions.map((version) => ({ name: "a", version })),
    ).advisories ?? {},
  ).flatMap(({ findings }) => findings.map(({ version }) => version));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "palisade-advisories-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, record: object): void {
  mkdirSync(join(folder, "2026/11"), { recursive: true });
  writeFileSync(join(folder, file), JSON.stringify(record));
}

describe("a copy of the database", () => {
  test("is every record about npm, at any depth, and as old as the newest of them", () => {
    const newer = { ...RECORD, id: "GHSA-b", modified: "2026-11-21T00:00:00Z" };
    const python = {
      id: "PYSEC-1",
      modified: "2026-11-23T00:00:00Z",
      affected: [{ package: { ecosystem: "PyPI", name: "a" } }],
    };
    write("2026/11/a.json", RECORD);
    write("b.json", newer);
    write("c.json", python);
    write("d.json", { id: "CVE-1", modified: "2026-11-24T00:00:00Z" });
    const { records, newest } = readAdvisories(folder);
    expect(records.map(({ id }) => id).sort()).toEqual(["GHSA-a", "GHSA-b"]);
    expect(newest).toBe(Date.UTC(2026, 10, 21));
  });

  test("of nothing has no age", () => {
    expect(readAdvisories(folder)).toEqual({ records: [], newest: Number.NaN });
  });
});

describe("a version is affected", () => {
  test("from where a fault came in to where it was mended, and again", () => {
    const versions = ["0.1.0", "1.1.9", "1.2.0-beta.1", "1.2.0", "1.9.9", "2.0.0-rc.1", "2.0.0", "3.0.0"];
    expect(versionsFound(RECORD, ...versions)).toEqual(["0.1.0", "1.1.9", "1.2.0-beta.1", "2.0.0", "3.0.0"]);
  });

  test("up to the last one that has it", () => {
    const record = ranged({ introduced: "1.0.0" }, { last_affected: "1.5.0" });
    expect(versionsFound(record, "0.9.9", "1.0.0", "1.5.0", "1.5.1")).toEqual(["1.0.0", "1.5.0"]);
  });

  test("where it is named", () => {
    const record = { ...RECORD, affected: [{ package: { ecosystem: "npm", name: "a" }, versions: ["1.3.0"] }] };
    expect(versionsFound(record, "1.2.0", "1.3.0")).toEqual(["1.3.0"]);
  });

  test.each<[string, OsvRecord]>([
    ["by a record that was withdrawn", { ...RECORD, withdrawn: "2026-11-21T00:00:00Z" }],
    [
      "by one about another package",
      { ...RECORD, affected: [{ ...RECORD.affected?.[0], package: { ecosystem: "npm", name: "b" } }] },
    ],
    [
      "by one about another ecosystem",
      { ...RECORD, affected: [{ ...RECORD.affected?.[0], package: { ecosystem: "PyPI", name: "a" } }] },
    ],
    [
      "by a range of commits",
      {
        ...RECORD,
        affected: [
          { package: { ecosystem: "npm", name: "a" }, ranges: [{ type: "GIT", events: [{ introduced: "0" }] }] },
        ],
      },
    ],
    ["by a version that is none", ranged({ introduced: "one" })],
    ["by a record without a package", { ...RECORD, affected: [{ versions: ["1.0.0"] }] }],
    ["by a record of nothing", { id: "x", modified: "2026-11-20T08:00:00Z" }],
  ])("not %s", (_what, record) => {
    expect(versionsFound(record, "1.0.0")).toEqual([]);
  });
});

describe("known vulnerabilities by a copy", () => {
  const now = Date.parse("2026-11-24T00:00:00Z");
  const database = { records: [RECORD], newest: Date.parse(RECORD.modified) };

  test("are findings as the audit's are, with the copy's day", () => {
    const packages = [
      { name: "a", version: "1.0.0" },
      { name: "a", version: "1.2.0" },
      { name: "b", version: "1.0.0" },
    ];
    expect(vulnerabilitiesBy(database, packages, POLICY, now)).toEqual({
      rule: "vulnerabilities",
      checked: 1,
      findings: [
        { subject: "a@1.0.0", message: "high: runs code (GHSA-a, CVE-2026-1); take a version that is not affected" },
      ],
      note: "advisories of 2026-11-20",
    });
  });

  test("say what they can where a record says little", () => {
    const { summary: _, aliases: __, database_specific: ___, ...bare } = RECORD;
    expect(
      vulnerabilities(auditBy({ ...database, records: [bare] }, [{ name: "a", version: "1.0.0" }]), POLICY).findings,
    ).toEqual([{ subject: "a@1.0.0", message: "unknown: no summary (GHSA-a); take a version that is not affected" }]);
  });

  test("that weak shows, or that were accepted by name, are none", () => {
    const weak = {
      ...RECORD,
      aliases: ["CVE-2017-1"],
      affected: [{ package: { ecosystem: "npm", name: "weakling" }, versions: ["0.0.4"] }],
    };
    expect(
      vulnerabilitiesBy({ ...database, records: [weak] }, [{ name: "weakling", version: "0.0.4" }], POLICY, now)
        .findings,
    ).toEqual([]);
    const accepted = { ...RECORD, id: "GHSA-accepted" };
    expect(
      vulnerabilitiesBy({ ...database, records: [accepted] }, [{ name: "a", version: "1.0.0" }], POLICY, now).findings,
    ).toEqual([]);
  });

  test("are not known where the copy is older than two weeks, or empty", () => {
    const fortnight = Date.parse("2026-12-04T08:00:00Z");
    expect(vulnerabilitiesBy(database, [], POLICY, fortnight)).not.toHaveProperty("notChecked");
    expect(vulnerabilitiesBy(database, [], POLICY, fortnight + 86_400_000)).toEqual({
      rule: "vulnerabilities",
      checked: 1,
      findings: [],
      note: "advisories of 2026-11-20",
      notChecked: "they are 15 days old, and may be 14; take a newer copy",
    });
    expect(vulnerabilitiesBy({ records: [], newest: Number.NaN }, [], POLICY, now)).toEqual({
      rule: "vulnerabilities",
      checked: 0,
      findings: [],
      notChecked: "the copy of the advisory database has no record of a package of npm's",
    });
  });
});

describe("the audit", () => {
  const packages = [{ name: "a", version: "1.0.0", resolution: {} }];
  const unreachable = async () => ({ error: { code: "ERR_PNPM_AUDIT_BAD_RESPONSE" } });

  test("goes before a copy, which is asked where there is no answer", async () => {
    write("a.json", { ...RECORD, modified: new Date().toISOString() });
    const answer = (audit: typeof unreachable | (() => Promise<object>), options: object) =>
      knownVulnerabilities(POLICY, packages, options, audit);
    expect(await answer(async () => ({ advisories: {} }), { advisories: folder })).toEqual({
      rule: "vulnerabilities",
      checked: 0,
      findings: [],
    });
    expect(await answer(unreachable, {})).toMatchObject({
      notChecked: "no answer of the audit (ERR_PNPM_AUDIT_BAD_RESPONSE)",
    });
    const today = `advisories of ${new Date().toISOString().slice(0, 10)}`;
    expect(await answer(unreachable, { advisories: folder })).toMatchObject({ checked: 1, note: today });
    const unasked = () => Promise.reject(new Error("asked"));
    expect(await answer(unasked, { online: false, advisories: folder })).toMatchObject({
      findings: [{ subject: "a@1.0.0" }],
      note: today,
    });
    expect(await answer(unasked, { online: false })).toMatchObject({
      notChecked: "--offline: the registry was not asked",
    });
  });
});
