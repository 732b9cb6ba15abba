import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readAdvisories } from "./advisories.ts";
import type { Finding, RuleResult } from "./finding.ts";
import { builtFunctions } from "./functions.ts";
import { type LockFile, parseLockFile, readLockFile } from "./lock-file.ts";
import type { Policy } from "./policy.ts";
import { bundles } from "./rules/bundles.ts";
import { installScripts } from "./rules/install-scripts.ts";
import { licences } from "./rules/licences.ts";
import { goSums, lockIntegrity, pinnedVersions, pythonHashes } from "./rules/lock-integrity.ts";
import { addedSince, ageSetting, minimumAge, type PublishedAt } from "./rules/minimum-age.ts";
import {
  type Audit,
  vulnerabilities,
  vulnerabilitiesBy,
  vulnerableImports,
  vulnerablePlaces,
} from "./rules/vulnerabilities.ts";
import { billOfMaterials, schemaFault } from "./sbom.ts";
import * as workspace from "./workspace.ts";

const LOCK_FILE = "pnpm-lock.yaml";

/** What `checkSupplyChain` may leave out or look at. */
export interface CheckOptions {
  /** The commit whose lock file the new versions are told by. By default the one before. */
  since?: string;
  /** Whether the registry is asked. By default it is. */
  online?: boolean;
  /** A folder with a copy of OSV's records, absolute: what is asked where the registry's audit is not, or does not answer. By default none. */
  advisories?: string;
  /** The folder that the bills of materials are written to, absolute. By default `report/sbom`. */
  sbomFolder?: string;
}

/** Checks every rule of the policy against the workspace, and writes each function's bill of materials. */
export async function checkSupplyChain(policy: Policy, options: CheckOptions = {}): Promise<RuleResult[]> {
  const { since = "HEAD~1", online = true, sbomFolder = join(workspace.ROOT, "report/sbom") } = options;
  const lockFile = readLockFile(join(workspace.ROOT, LOCK_FILE));
  const installed = workspace.installedPackages();
  const settings = workspace.workspaceSettings();
  const functions = await builtFunctions(lockFile);
  return [
    licences(installed, policy),
    installScripts(installed, settings, policy),
    lockIntegrity(lockFile),
    pinnedVersions(workspace.manifestDependencies()),
    pythonHashes(workspace.pythonRequirements()),
    goSums(workspace.goModules()),
    ageSetting(settings, policy),
    online ? await newVersions(policy, lockFile.packages, since, workspace.registryTimes()) : offline("minimum-age"),
    await knownVulnerabilities(policy, lockFile.packages, options),
    vulnerablePlaces(lockFile, policy),
    vulnerableImports(workspace.sourceImports(), policy),
    bundles(
      functions.map(({ judged }) => judged),
      policy,
    ),
    await billsOfMaterials(functions, sbomFolder),
  ];
}

/** What the registry's audit knows, or a copy of an advisory database where there is no answer and such a copy. */
export async function knownVulnerabilities(
  policy: Policy,
  packages: LockFile["packages"],
  { online = true, advisories }: Pick<CheckOptions, "online" | "advisories">,
  audit: () => Promise<Audit | undefined> = workspace.pnpmAudit,
): Promise<RuleResult> {
  const answered = online ? vulnerabilities(await audit(), policy) : offline("vulnerabilities");
  if (answered.notChecked === undefined || advisories === undefined) return answered;
  return vulnerabilitiesBy(readAdvisories(advisories), packages, policy, Date.now());
}

/** The age of the versions that the lock file did not have at a commit. */
export async function newVersions(
  policy: Policy,
  packages: Parameters<typeof addedSince>[0],
  since: string,
  publishedAt: PublishedAt,
): Promise<RuleResult> {
  const before = await workspace.fileAt(since, LOCK_FILE);
  if (before === undefined) {
    return { rule: "minimum-age", checked: 0, findings: [], notChecked: `git has no lock file at ${since}` };
  }
  const added = addedSince(packages, parseLockFile(before).packages);
  return await minimumAge(added, publishedAt, policy, Date.now());
}

/**
 * Writes the bill of materials of each function, and checks it against CycloneDX's schema.
 *
 * @param faultOf by default the schema's first fault
 */
export async function billsOfMaterials(
  functions: readonly { facts: Parameters<typeof billOfMaterials>[0] }[],
  folder: string,
  faultOf: (bill: string) => Promise<string | undefined> = schemaFault,
): Promise<RuleResult> {
  await mkdir(folder, { recursive: true });
  const findings: Finding[] = [];
  for (const { facts } of functions) {
    const bill = billOfMaterials(facts);
    await writeFile(join(folder, `${facts.name}.cdx.json`), bill);
    const unknown = facts.components.filter(({ integrity }) => integrity === "");
    for (const { name, version } of unknown) {
      findings.push({ subject: `${facts.name}: ${name}@${version}`, message: "is bundled and not in pnpm-lock.yaml" });
    }
    const fault = await faultOf(bill);
    if (fault !== undefined) {
      findings.push({ subject: `${facts.name}.cdx.json`, message: `is not CycloneDX 1.6: ${fault}` });
    }
  }
  return { rule: "sbom", checked: functions.length, findings };
}

function offline(rule: string): RuleResult {
  return { rule, checked: 0, findings: [], notChecked: "--offline: the registry was not asked" };
}
