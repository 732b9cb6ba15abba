import { type AdvisoryDatabase, auditBy } from "../advisories.ts";
import type { Finding, RuleResult } from "../finding.ts";
import type { LockedPackage, LockFile } from "../lock-file.ts";
import type { Policy } from "../policy.ts";

/** What of `pnpm audit --json` is read. */
export interface Audit {
  advisories?: Record<
    string,
    {
      module_name: string;
      severity: string;
      title: string;
      github_advisory_id?: string;
      cves?: string[];
      findings: { version: string; paths: string[] }[];
    }
  >;
  error?: { code?: string; message?: string };
}

/**
 * No known vulnerability is in what is installed, but in the packages that are vulnerable on purpose. A registry that does not answer is said,
 * and is no pass.
 *
 * @param audit what `pnpm audit --json` printed, or undefined when it printed nothing that can be read
 */
export function vulnerabilities(audit: Audit | undefined, policy: Policy): RuleResult {
  const rule = "vulnerabilities";
  if (audit?.advisories === undefined) {
    // The message names the registry, which may be a company's own.
    return {
      rule,
      checked: 0,
      findings: [],
      notChecked: `no answer of the audit (${audit?.error?.code ?? "no JSON"})`,
    };
  }
  const findings: Finding[] = [];
  const advisories = Object.values(audit.advisories);
  for (const {
    module_name: name,
    severity,
    title,
    github_advisory_id: id = "",
    cves = [],
    findings: found,
  } of advisories) {
    const ids = [id, ...cves];
    if (policy.advisoryExceptions.some((each) => ids.includes(each.name))) continue;
    for (const { version } of found) {
      const isMeant = policy.vulnerable.some(
        (each) =>
          each.name === name && each.version === version && each.advisories.some((advisory) => ids.includes(advisory)),
      );
      if (isMeant) continue;
      findings.push({
        subject: `${name}@${version}`,
        message: `${severity}: ${title} (${ids.filter(Boolean).join(", ")}); take a version that is not affected`,
      });
    }
  }
  return { rule, checked: advisories.length, findings };
}

/** Days after which a copy of a database says too little of what is known. */
const MAX_AGE_DAYS = 14;
const DAY = 86_400_000;

/**
 * The same by a copy of an advisory database, for where the registry's audit cannot be reached. The result says of when the copy is; one that
 * is older than two weeks finds what it knows, and proves nothing of the rest.
 *
 * @param now milliseconds since 1970
 */
export function vulnerabilitiesBy(
  database: AdvisoryDatabase,
  packages: readonly Pick<LockedPackage, "name" | "version">[],
  policy: Policy,
  now: number,
): RuleResult {
  if (database.records.length === 0) {
    return {
      rule: "vulnerabilities",
      checked: 0,
      findings: [],
      notChecked: "the copy of the advisory database has no record of a package of npm's",
    };
  }
  const { findings } = vulnerabilities(auditBy(database, packages), policy);
  const age = Math.floor((now - database.newest) / DAY);
  return {
    rule: "vulnerabilities",
    checked: database.records.length,
    findings,
    note: `advisories of ${new Date(database.newest).toISOString().slice(0, 10)}`,
    ...(age > MAX_AGE_DAYS && {
      notChecked: `they are ${age} days old, and may be ${MAX_AGE_DAYS}; take a newer copy`,
    }),
  };
}

/**
 * A package that is vulnerable on purpose is there in the version that the policy names, is asked for by the folders that may use it alone, and
 * nothing else depends on that version.
 */
export function vulnerablePlaces({ importers, dependants, packages }: LockFile, policy: Policy): RuleResult {
  const findings: Finding[] = [];
  const isPlace = (folder: string) =>
    policy.vulnerablePlaces.some((place) => place === folder || place.startsWith(`${folder}/`));
  for (const { name, version } of policy.vulnerable) {
    const subject = `${name}@${version}`;
    if (!packages.some((each) => each.name === name && each.version === version)) {
      findings.push({ subject, message: "is named in the policy and not installed; remove it from `vulnerable`" });
    }
    for (const [folder, dependencies] of Object.entries(importers)) {
      if (dependencies[name] !== version || isPlace(folder)) continue;
      findings.push({
        subject,
        message: `is a dependency of ${folder}; it may be used in ${policy.vulnerablePlaces.join(" and ")} only`,
      });
    }
    for (const dependant of dependants.get(subject) ?? []) {
      findings.push({ subject, message: `is a dependency of ${dependant}; nothing else may bring it in` });
    }
  }
  return { rule: "vulnerable-places", checked: policy.vulnerable.length, findings };
}

/**
 * Of our sources, those that import a package that is vulnerable on purpose are in the folders that may use it.
 *
 * @param imports file to the names of the packages that it imports
 */
export function vulnerableImports(imports: Record<string, readonly string[]>, policy: Policy): RuleResult {
  const names = policy.vulnerable.map(({ name }) => name);
  const findings = Object.entries(imports).flatMap(([file, packages]) => {
    if (policy.vulnerablePlaces.some((place) => file.startsWith(`${place}/`))) return [];
    return packages
      .filter((name) => names.includes(name))
      .map(
        (name): Finding => ({
          subject: file,
          message: `imports ${name}, which only ${policy.vulnerablePlaces.join(" and ")} may`,
        }),
      );
  });
  return { rule: "vulnerable-imports", checked: Object.keys(imports).length, findings };
}
