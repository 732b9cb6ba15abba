import { type Evaluation, evaluate, levelsOf, type PolicyResource, RULES } from "@palisade/policy-pack";
import type * as pulumi from "@pulumi/pulumi";
import { ACCOUNT_ID } from "./emulator/index.ts";
import type { Identity } from "./identity.ts";
import { EmulatingMonitor, type Provenance } from "./monitor.ts";
import { recording } from "./preview-record.ts";
import { standIns } from "./preview-stand-ins.ts";
import { type Program, type Registration, runProgram } from "./program.ts";
import { handlers } from "./resources/index.ts";

/** One resource or component of a previewed stage. */
export interface PreviewedResource extends Omit<Registration, "id"> {
  /**
   * `component`: groups others; `emulated`: the sandbox would make it; `declared`: the sandbox would only give it an id.
   */
  kind: "component" | "emulated" | "declared";
}

export interface Preview {
  stage: string;
  resources: PreviewedResource[];
  counts: { emulated: number; declared: number; components: number };
  /** What the policy pack says of the resources. */
  policy: PolicyPreview;
}

/** An evaluation in two steps: with what is known, then, for what is not, with stand-ins for ids and ARNs. */
export interface PolicyPreview extends Evaluation {
  /** The levels that were applied. */
  profile: "dev" | "prod";
  /** Pairs of a rule and a resource that could be judged only with made-up ids and ARNs; they are judged again on `up`. */
  judgedWithStandIns: number;
}

export interface PreviewOptions {
  stage: string;
  program: Program<unknown>;
  /** Configuration by full key. */
  config: Readonly<Record<string, string>>;
}

/**
 * Evaluates a stage's program as `pulumi preview` does, with everything unknown that only AWS knows, and judges its resources by
 * the policy pack. Nothing is made, and neither credentials nor a CLI are needed.
 *
 * @throws What the program throws.
 */
export async function previewStage(options: PreviewOptions): Promise<Preview> {
  const unknowing = await run(options, (monitor) => monitor);
  const standingIn = await run(options, (monitor, identity) => ({
    newResource: async (args) => {
      const { state } = await monitor.newResource(args);
      if (monitor.provenance.get(`${args.type}::${args.name}`) === "component") return { id: undefined, state };
      const made = standIns(args, identity);
      return { id: made.id, state: { ...made.state, ...state } };
    },
    call: (args) => monitor.call(args),
  }));
  const resources = unknowing.registrations
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ type, name, urn, parent }): PreviewedResource => {
      const provenance = unknowing.provenance.get(`${type}::${name}`);
      const kind = provenance === "component" ? "component" : type in handlers ? "emulated" : "declared";
      return { type, name, urn, parent, kind };
    });
  const count = (kind: PreviewedResource["kind"]) => resources.filter((resource) => resource.kind === kind).length;
  return {
    stage: options.stage,
    resources,
    counts: { emulated: count("emulated"), declared: count("declared"), components: count("component") },
    policy: judge(options.stage === "dev" ? "dev" : "prod", unknowing.recorded, standingIn.recorded),
  };
}

interface Run {
  registrations: Registration[];
  recorded: PolicyResource[];
  provenance: ReadonlyMap<string, Provenance>;
}

async function run(
  { stage, program, config }: PreviewOptions,
  mocksOf: (monitor: EmulatingMonitor, identity: Identity) => pulumi.runtime.Mocks,
): Promise<Run> {
  const region = config["aws:region"] ?? "us-east-1";
  const identity: Identity = { region, accountId: ACCOUNT_ID, partition: "aws" };
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const monitor = new EmulatingMonitor({ identity, onFailure: fail });
  const { program: recorded, resources } = recording(program);
  const { registrations } = await runProgram(
    recorded,
    mocksOf(monitor, identity),
    { project: "palisade", stack: stage, config: { ...config, "aws:region": region }, preview: true },
    failed,
  );
  return { registrations, recorded: resources, provenance: monitor.provenance };
}

/**
 * Judges what is known; then each rule that could not look at a resource looks again with stand-ins. What it finds there counts,
 * what it still cannot see is not evaluated.
 */
function judge(
  profile: "dev" | "prod",
  unknowing: readonly PolicyResource[],
  standingIn: readonly PolicyResource[],
): PolicyPreview {
  const options = { rules: RULES, levels: levelsOf(profile) };
  const strict = evaluate(unknowing, options);
  const again = evaluate(standingIn, options);
  const pair = ({ rule, urn }: { rule: string; urn: string }) => `${rule} ${urn}`;
  const open = new Set(strict.notEvaluated.map(pair));
  const stillOpen = again.notEvaluated.filter((each) => open.has(pair(each)));
  return {
    ...strict,
    // In the second evaluation's order, which is the worst first; a finding that was seen in the first step is in it too.
    findings: [
      ...strict.findings.filter((each) => !open.has(pair(each))),
      ...again.findings.filter((each) => open.has(pair(each))),
    ].sort(bySeverity),
    notEvaluated: stillOpen,
    profile,
    judgedWithStandIns: open.size - new Set(stillOpen.map(pair)).size,
  };
}

const SEVERITIES = ["critical", "high", "medium", "low"];

function bySeverity(a: Evaluation["findings"][number], b: Evaluation["findings"][number]): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.rule.localeCompare(b.rule) ||
    a.urn.localeCompare(b.urn) ||
    a.key.localeCompare(b.key)
  );
}
