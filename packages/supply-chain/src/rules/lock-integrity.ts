import type { Finding, RuleResult } from "../finding.ts";
import type { LockFile } from "../lock-file.ts";

const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const EXACT = /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.-]+)?$/;

/** Every package of pnpm's lock file comes from the registry, in one exact version, and is known by its SHA-512. */
export function lockIntegrity({ packages, importers }: LockFile): RuleResult {
  const findings: Finding[] = [];
  for (const { name, version, resolution } of packages) {
    const subject = `${name}@${version}`;
    const ways = Object.keys(resolution).filter((key) => key !== "integrity");
    if (ways.length > 0 || !EXACT.test(version)) {
      findings.push({
        subject,
        message: `comes from elsewhere than the registry (${ways.join(", ") || version}); depend on a published version`,
      });
    } else if (!SHA512.test(String(resolution.integrity))) {
      findings.push({ subject, message: "has no SHA-512 in pnpm-lock.yaml; install it again from the registry" });
    }
  }
  for (const [folder, dependencies] of Object.entries(importers)) {
    for (const [name, version] of Object.entries(dependencies)) {
      if (EXACT.test(version) || version.startsWith("link:")) continue;
      findings.push({
        subject: `${folder}: ${name}`,
        message: `is installed from ${version.replace(/^(\w+:).*$/, "$1…")}; depend on a published version`,
      });
    }
  }
  return { rule: "lock-integrity", checked: packages.length, findings };
}

/** Every dependency that a manifest of ours names is one exact version, so that no install chooses another. */
export function pinnedVersions(manifests: Record<string, Record<string, string>>): RuleResult {
  const findings: Finding[] = [];
  let checked = 0;
  for (const [file, dependencies] of Object.entries(manifests)) {
    for (const [name, range] of Object.entries(dependencies)) {
      checked += 1;
      if (EXACT.test(range) || range === "workspace:*") continue;
      findings.push({ subject: `${file}: ${name}`, message: `is asked for as ${range}; write one exact version` });
    }
  }
  return { rule: "pinned-versions", checked, findings };
}

/** Every requirement of a Python list is one exact version with the SHA-256 of its files, and from no other place than the index. */
export function pythonHashes(files: Record<string, string>): RuleResult {
  const findings: Finding[] = [];
  let checked = 0;
  for (const [file, text] of Object.entries(files)) {
    // A requirement goes on in the next line after a backslash.
    const lines = text.replaceAll(/\\\n/g, " ").split("\n");
    for (const line of lines.map((each) => each.replace(/(^|\s)#.*$/, "").trim()).filter((each) => each !== "")) {
      checked += 1;
      const [requirement = "", ...rest] = line.split(/\s+(?=--hash=|;)/);
      const hashes = rest.filter((part) => part.startsWith("--hash="));
      const subject = `${file}: ${requirement.slice(0, 60)}`;
      if (!/^[A-Za-z0-9._-]+(\[[\w,-]+\])?==[\w.+!-]+$/.test(requirement.trim())) {
        findings.push({ subject, message: "is not one exact version of the index; compile the list again" });
      } else if (hashes.length === 0 || hashes.some((hash) => !/^--hash=sha256:[0-9a-f]{64}$/.test(hash.trim()))) {
        findings.push({ subject, message: "has no SHA-256; compile the list with --generate-hashes" });
      }
    }
  }
  return { rule: "python-hashes", checked, findings };
}

/** Every module that a `go.mod` requires has its hash, and that of its own `go.mod`, in the `go.sum` beside it; none is replaced. */
export function goSums(modules: Record<string, { mod: string; sum: string }>): RuleResult {
  const findings: Finding[] = [];
  let checked = 0;
  for (const [folder, { mod, sum }] of Object.entries(modules)) {
    const sums = new Set(
      sum.split("\n").flatMap((line) => /^(\S+ \S+) h1:[A-Za-z0-9+/]{43}=$/.exec(line)?.slice(1) ?? []),
    );
    if (/^\s*replace\b/m.test(mod)) {
      findings.push({ subject: `${folder}/go.mod`, message: "replaces a module; require a published version" });
    }
    for (const [, name, version] of mod.matchAll(/^\s*(?:require\s+)?([\w.-]+\.[\w.-]+\/\S+)\s+(v\S+)/gm)) {
      checked += 1;
      const missing = [`${name} ${version}`, `${name} ${version}/go.mod`].filter((entry) => !sums.has(entry));
      if (missing.length > 0) {
        findings.push({ subject: `${folder}: ${name}@${version}`, message: "is not in go.sum; run go mod tidy" });
      }
    }
  }
  return { rule: "go-sums", checked, findings };
}
