import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compare, valid } from "semver";
import type { LockedPackage } from "./lock-file.ts";
import type { Audit } from "./rules/vulnerabilities.ts";

/** What of a record of OSV's is read (https://ossf.github.io/osv-schema/). */
export interface OsvRecord {
  id: string;
  /** When it was changed last, e.g. `2026-11-20T08:00:00Z`. */
  modified: string;
  withdrawn?: string;
  aliases?: string[];
  summary?: string;
  affected?: {
    package?: { ecosystem: string; name: string };
    ranges?: { type: string; events: { introduced?: string; fixed?: string; last_affected?: string }[] }[];
    versions?: string[];
  }[];
  database_specific?: { severity?: string };
}

/** A copy of an advisory database: what it says of npm's packages, and when it was made. */
export interface AdvisoryDatabase {
  records: readonly OsvRecord[];
  /** When the newest record was changed, in milliseconds since 1970; NaN without a record. */
  newest: number;
}

const ECOSYSTEM = "npm";

/**
 * Reads a copy of OSV's records, a JSON file each, at any depth: its export for npm, or GitHub's advisory database. What is about no package
 * of npm's is left out.
 *
 * @param folder an absolute path
 */
export function readAdvisories(folder: string): AdvisoryDatabase {
  const records = globSync("**/*.json", { cwd: folder })
    .map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as OsvRecord)
    .filter(({ affected = [] }) => affected.some((each) => each.package?.ecosystem === ECOSYSTEM));
  return {
    records,
    newest: records.reduce(
      (newest, { modified }) => Math.max(newest, Date.parse(modified)),
      records.length > 0 ? 0 : Number.NaN,
    ),
  };
}

/** What the registry's audit would say of the packages, by a copy of a database. */
export function auditBy(
  { records }: AdvisoryDatabase,
  packages: readonly Pick<LockedPackage, "name" | "version">[],
): Audit {
  const versions = new Map<string, string[]>();
  for (const { name, version } of packages) versions.set(name, [...(versions.get(name) ?? []), version]);
  const advisories: NonNullable<Audit["advisories"]> = {};
  for (const record of records.filter(({ withdrawn }) => withdrawn === undefined)) {
    for (const affected of record.affected ?? []) {
      const { ecosystem, name = "" } = affected.package ?? {};
      if (ecosystem !== ECOSYSTEM) continue;
      const found = (versions.get(name) ?? []).filter((version) => isAffected(affected, version));
      if (found.length === 0) continue;
      advisories[`${record.id} ${name}`] = {
        module_name: name,
        severity: record.database_specific?.severity?.toLowerCase() ?? "unknown",
        title: record.summary ?? "no summary",
        github_advisory_id: record.id,
        cves: record.aliases ?? [],
        findings: found.map((version) => ({ version, paths: [] })),
      };
    }
  }
  return { advisories };
}

function isAffected(
  { ranges = [], versions = [] }: NonNullable<OsvRecord["affected"]>[number],
  version: string,
): boolean {
  return (
    versions.includes(version) || ranges.some(({ type, events }) => type === "SEMVER" && isWithin(events, version))
  );
}

// Events are in the order of the versions (OSV's schema, "Evaluation"): the last one at or before the version decides.
function isWithin(
  events: readonly { introduced?: string; fixed?: string; last_affected?: string }[],
  version: string,
): boolean {
  let within = false;
  for (const { introduced, fixed, last_affected: last } of events) {
    if (introduced !== undefined && isAtMost(introduced, version)) within = true;
    if (fixed !== undefined && isAtMost(fixed, version)) within = false;
    if (last !== undefined && isAtMost(last, version) && compare(last, version) !== 0) within = false;
  }
  return within;
}

/** Whether a version of an event is the other one or before it; `0` is before all. */
function isAtMost(event: string, version: string): boolean {
  return event === "0" || (valid(event) !== null && valid(version) !== null && compare(event, version) <= 0);
}
