import type { Finding, RuleResult } from "../finding.ts";
import type { LockedPackage } from "../lock-file.ts";
import type { Policy } from "../policy.ts";

const DAY = 24 * 60 * 60 * 1000;

/** When a version was published, in milliseconds since 1970; undefined where the registry does not say. */
export type PublishedAt = (name: string, version: string) => Promise<number | undefined>;

/** What of pnpm-workspace.yaml decides about the age of a version. */
export interface AgeSettings {
  /** Minutes. */
  minimumReleaseAge?: number;
  minimumReleaseAgeExclude?: string[];
}

/** pnpm itself refuses versions that are younger than the policy says, whenever a version is chosen. */
export function ageSetting(settings: AgeSettings, { minimumAgeDays, youngExceptions }: Policy): RuleResult {
  const findings: Finding[] = [];
  const minutes = minimumAgeDays * 24 * 60;
  if ((settings.minimumReleaseAge ?? 0) < minutes) {
    findings.push({
      subject: "pnpm-workspace.yaml: minimumReleaseAge",
      message: `is ${settings.minimumReleaseAge ?? "not set"}; write ${minutes} minutes, the policy's ${minimumAgeDays} days`,
    });
  }
  const excluded = settings.minimumReleaseAgeExclude ?? [];
  const known = youngExceptions.map(({ name, version }) => `${name}@${version}`);
  for (const each of excluded.filter((one) => !known.includes(one))) {
    findings.push({
      subject: `pnpm-workspace.yaml: minimumReleaseAgeExclude ${each}`,
      message: "is no exception of the policy; write name@version in youngExceptions with the reason",
    });
  }
  return { rule: "age-setting", checked: 1 + excluded.length, findings };
}

/**
 * Every version that came in since a commit was published long enough ago for others to have found what is wrong with it.
 *
 * @param added what the lock file has now and had not then
 * @param now milliseconds since 1970
 */
export async function minimumAge(
  added: readonly Pick<LockedPackage, "name" | "version">[],
  publishedAt: PublishedAt,
  { minimumAgeDays, youngExceptions }: Policy,
  now: number,
): Promise<RuleResult> {
  const findings: Finding[] = [];
  const unknown: string[] = [];
  let checked = 0;
  for (const { name, version } of added) {
    if (youngExceptions.some((each) => each.name === name && each.version === version)) continue;
    const time = await publishedAt(name, version).catch(() => undefined);
    if (time === undefined) {
      unknown.push(`${name}@${version}`);
      continue;
    }
    checked += 1;
    const days = Math.max(0, Math.floor((now - time) / DAY)); // The registry's clock may be ahead of ours.
    if (days >= minimumAgeDays) continue;
    findings.push({
      subject: `${name}@${version}`,
      message: `is ${days} days old and must be ${minimumAgeDays}; take an older version or wait`,
    });
  }
  return {
    rule: "minimum-age",
    checked,
    findings,
    ...(unknown.length > 0 && {
      notChecked: `the registry does not say when ${unknown.length} of ${added.length} versions were published: ${unknown.slice(0, 5).join(", ")}`,
    }),
  };
}

/** The packages of a lock file that another one does not have. */
export function addedSince(now: readonly LockedPackage[], then: readonly LockedPackage[]): LockedPackage[] {
  const before = new Set(then.map(({ name, version }) => `${name}@${version}`));
  return now.filter(({ name, version }) => !before.has(`${name}@${version}`));
}
