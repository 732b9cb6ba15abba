/**
 * `tsx .ci/parliament.ts`: what another tool says of the IAM documents of the stages. Parliament (github.com/duo-labs/parliament), pinned with
 * hashes in `.ci/parliament.txt`, reads every identity policy; each kind of finding is either a rule of the pack or has a written reason in
 * `.ci/parliament.json`. The last line is `N passed, N failed`.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { RULES } from "../packages/policy-pack/src/rules.ts";
import { installPythonTool, type PythonTool } from "../packages/sandbox/src/emulator/install.ts";
import { labDirectory } from "../packages/sandbox/src/paths.ts";
import { standInResources } from "../packages/sandbox/src/preview.ts";
import { readStackConfig } from "../packages/sandbox/src/stack-config.ts";
import program from "../stacks/index.ts";

const HERE = import.meta.dirname;
/** Issue of parliament's to the rule that finds the same, or the reason why there is none. */
const KNOWN: Record<string, { rule?: string; reason?: string }> = JSON.parse(
  readFileSync(join(HERE, "parliament.json"), "utf8"),
);
const DOCUMENTS: Record<string, string> = {
  "aws:iam/policy:Policy": "policy",
  "aws:iam/rolePolicy:RolePolicy": "policy",
};

/** Reads `{ name: document }` and writes the findings as a list. */
const SCRIPT = `
import json, sys
from parliament import analyze_policy_string
out = []
for name, document in json.load(sys.stdin).items():
    for finding in analyze_policy_string(document).findings:
        out.append({"name": name, "issue": finding.issue, "detail": str(finding.detail)})
json.dump(out, sys.stdout)
`;

const PARLIAMENT: PythonTool = {
  id: "parliament",
  name: "Parliament",
  version: "1.6.4",
  requirements: join(HERE, "parliament.txt"),
};

function run(command: string, args: string[], input?: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: "utf8", input, maxBuffer: 1 << 26 });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
  return stdout;
}

const documents: Record<string, string> = {};
for (const stage of ["dev", "prod", "account", "weak"]) {
  const config = { "palisade:iKnowThisIsVulnerable": "true", ...(await readStackConfig(stage)) };
  for (const { type, name, props } of await standInResources({
    stage,
    config,
    program: async () => ({ ...(await program()) }),
  })) {
    const document = props[DOCUMENTS[type] ?? ""];
    if (document !== undefined)
      documents[`${stage}/${name}`] = typeof document === "string" ? document : JSON.stringify(document);
  }
}
const findings: { name: string; issue: string; detail: string }[] = JSON.parse(
  run(await installPythonTool(PARLIAMENT, labDirectory), ["-c", SCRIPT], JSON.stringify(documents)),
);
const names = new Set(RULES.map(({ name }) => name));
let failed = 0;
for (const issue of new Set(findings.map((each) => each.issue))) {
  const known = KNOWN[issue];
  const where = findings.filter((each) => each.issue === issue);
  const fine =
    known !== undefined && (known.rule === undefined ? (known.reason ?? "").length > 20 : names.has(known.rule));
  if (!fine) failed += 1;
  console.log(
    `${fine ? "ok     " : "FAILED "} ${where.length} x ${issue}: ${known?.rule ?? known?.reason ?? "neither a rule nor a reason"}`,
  );
  if (!fine) for (const { name, detail } of where.slice(0, 5)) console.log(`          ${name}: ${detail}`);
}
console.log(`${Object.keys(documents).length} documents, ${findings.length} findings of parliament's`);
console.log(`${new Set(findings.map((each) => each.issue)).size - failed} passed, ${failed} failed`);
process.exit(failed === 0 && Object.keys(documents).length > 0 ? 0 : 1);
