/**
 * `tsx .ci/checkov.ts`: what another tool says of the stages' resources. Each stage is previewed and exported as a plan of Terraform's
 * (packages/sandbox/src/preview-terraform.ts); checkov (github.com/bridgecrewio/checkov), pinned with hashes in `.ci/checkov.txt`, judges it
 * with the checks that are in its package, and is given no network address to ask. Each of its findings is one of the pack's on the same
 * resource, or has a written reason in `.ci/checkov.json`; a reason that meets nothing any more is told too. The last line is `N passed, N failed`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPythonTool, type PythonTool } from "../packages/sandbox/src/emulator/install.ts";
import { labDirectory } from "../packages/sandbox/src/paths.ts";
import { previewStage } from "../packages/sandbox/src/preview.ts";
import { terraformAddress } from "../packages/sandbox/src/preview-terraform.ts";
import { readStackConfig } from "../packages/sandbox/src/stack-config.ts";
import program from "../stacks/index.ts";

const HERE = import.meta.dirname;

/** What is known of one check of checkov's. */
interface Known {
  title: string;
  /** Rules of ours; one of them must have a finding on the same resource. */
  rules?: string[];
  /** Why there is none, by a pattern of the whole `stage/address`. */
  reasons?: { where: string; reason: string }[];
}
const KNOWN: Record<string, Known> = JSON.parse(readFileSync(join(HERE, "checkov.json"), "utf8"));

const CHECKOV: PythonTool = {
  id: "checkov",
  name: "checkov",
  version: "3.3.30",
  requirements: join(HERE, "checkov.txt"),
};

interface Report {
  results: { failed_checks: { check_id: string; check_name: string; resource: string }[] };
  summary: { passed: number; failed: number; parsing_errors: number; resource_count: number };
}

function judge(python: string, plan: unknown): Report {
  const folder = mkdtempSync(join(tmpdir(), "palisade-checkov-"));
  try {
    const file = join(folder, "plan.json");
    writeFileSync(file, JSON.stringify(plan));
    const options = ["--framework", "terraform_plan", "--output", "json", "--skip-download", "--compact", "--quiet"];
    const { stdout, stderr } = spawnSync(python, ["-m", "checkov.main", "--file", file, ...options], {
      encoding: "utf8",
      maxBuffer: 1 << 27,
      env: { PATH: process.env.PATH, HOME: folder, TMPDIR: folder },
    });
    // Its exit code is 1 for findings; what is no JSON is a failure of its own.
    try {
      return JSON.parse(stdout);
    } catch {
      throw new Error(`checkov printed no report: ${stderr.slice(-2_000)}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const python = await installPythonTool(CHECKOV, labDirectory, console.log);
const used = new Set<string>();
const unjudged: string[] = [];
const byAnswer = { rule: 0, reason: 0 };
let passed = 0;
for (const stage of ["dev", "prod", "account", "weak"]) {
  const config = { "palisade:iKnowThisIsVulnerable": "true", ...(await readStackConfig(stage)) };
  const { policy, terraform, resources } = await previewStage({
    stage,
    config,
    program: async () => ({ ...(await program()) }),
  });
  const addresses = new Map(resources.map((each) => [each.urn, terraformAddress(each.type, each.name)]));
  const ours = new Set(policy.findings.map(({ rule, urn }) => `${rule} ${addresses.get(urn)}`));
  const { results, summary } = judge(python, terraform.plan);
  passed += summary.passed;
  console.log(
    `${stage}: ${summary.resource_count} resources exported, ${terraform.left.length} not (${terraform.left
      .map(({ type, name }) => `${type} ${name}`)
      .join(", ")}); checkov: ${summary.passed} passed, ${summary.failed} failed`,
  );
  if (summary.parsing_errors > 0 || summary.resource_count === 0)
    unjudged.push(`${stage}: checkov could not read the plan`);
  for (const { check_id: check, check_name: name, resource } of results.failed_checks) {
    const { rules = [], reasons = [] } = KNOWN[check] ?? { title: name };
    const rule = rules.find((each) => ours.has(`${each} ${resource}`));
    const reason = reasons.findIndex(({ where }) => new RegExp(`^(?:${where})$`).test(`${stage}/${resource}`));
    if (rule !== undefined) used.add(`${check} ${rule}`);
    else if (reason !== -1) used.add(`${check} ${reason}`);
    else unjudged.push(`${check} ${name}: ${stage}/${resource}`);
    if (rule !== undefined) byAnswer.rule += 1;
    else if (reason !== -1) byAnswer.reason += 1;
  }
}
const stale = Object.entries(KNOWN).flatMap(([check, { rules = [], reasons = [] }]) => [
  ...(rules.length > 0 && !rules.some((rule) => used.has(`${check} ${rule}`)) && reasons.length === 0
    ? [`${check}: no finding on a resource with one of ${rules.join(", ")}`]
    : []),
  ...reasons.flatMap(({ where }, index) =>
    used.has(`${check} ${index}`) ? [] : [`${check}: nothing is ${where} any more`],
  ),
]);
for (const line of unjudged) console.log(`FAILED  neither a rule nor a reason: ${line}`);
for (const line of stale) console.log(`FAILED  stale in .ci/checkov.json: ${line}`);
console.log(
  `${byAnswer.rule} findings are the pack's too, ${byAnswer.reason} have a written reason, ${unjudged.length} have neither; checkov passes ${passed}`,
);
const failed = unjudged.length + stale.length;
console.log(`${Object.keys(KNOWN).length} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
