import type { Finding, RuleResult } from "../finding.ts";
import type { Policy } from "../policy.ts";

/** An installed package and what would run when it is installed. */
export interface Scripted {
  name: string;
  version: string;
  /** The names of its install scripts, and `binding.gyp`, which stands for one. */
  scripts: string[];
}

/** What of pnpm-workspace.yaml decides about install scripts. */
export interface ScriptSettings {
  onlyBuiltDependencies?: string[];
  ignoredBuiltDependencies?: string[];
  dangerouslyAllowAllBuilds?: boolean;
  onlyBuiltDependenciesFile?: string;
}

/**
 * No package runs code when it is installed but those that the policy names, and pnpm knows of the same ones. A package that brings
 * install scripts for the first time is a finding even though pnpm does not run them: somebody looks at it.
 */
export function installScripts(packages: readonly Scripted[], settings: ScriptSettings, policy: Policy): RuleResult {
  const allowed = policy.installScripts.map(({ name }) => name);
  const known = [...allowed, ...policy.refusedInstallScripts.map(({ name }) => name)];
  const findings: Finding[] = packages
    .filter(({ name, scripts }) => scripts.length > 0 && !known.includes(name))
    .map(({ name, version, scripts }) => ({
      subject: `${name}@${version}`,
      message: `has install scripts (${scripts.join(", ")}); read them and name it in installScripts or refusedInstallScripts`,
    }));
  for (const { name } of policy.refusedInstallScripts) {
    if (packages.some((each) => each.name === name && each.scripts.length > 0)) continue;
    findings.push({ subject: name, message: "is in refusedInstallScripts and has none; remove it from the policy" });
  }
  const built = settings.onlyBuiltDependencies ?? [];
  if ([...built].sort().join() !== [...allowed].sort().join()) {
    findings.push({
      subject: "pnpm-workspace.yaml: onlyBuiltDependencies",
      message: `is ${built.join(", ") || "(none)"}, and the policy's list is ${allowed.join(", ")}; make them the same`,
    });
  }
  for (const setting of ["dangerouslyAllowAllBuilds", "onlyBuiltDependenciesFile"] as const) {
    if (!settings[setting]) continue;
    findings.push({ subject: `pnpm-workspace.yaml: ${setting}`, message: "lets other install scripts run; remove it" });
  }
  return { rule: "install-scripts", checked: packages.length, findings };
}
