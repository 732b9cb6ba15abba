import {
  type Evaluation,
  evaluate,
  type Finding,
  levelsOf,
  type PolicyResource,
  RULES,
  type Suppression,
} from "@palisade/policy-pack";
import type * as pulumi from "@pulumi/pulumi";
import { ACCOUNT_ID } from "./emulator/index.ts";
import type { Identity } from "./identity.ts";
import { EmulatingMonitor, type Provenance } from "./monitor.ts";
import { type CostPreview, costOf } from "./preview-cost.ts";
import { type Recorded, recording } from "./preview-record.ts";
import { changesSince, type PreviewChanges, type SavedPreview } from "./preview-saved.ts";
import type { SourceLine } from "./preview-source.ts";
import { standIns } from "./preview-stand-ins.ts";
import { type TerraformExport, terraformPlan } from "./preview-terraform.ts";
import { type Program, type Registration, runProgram } from "./program.ts";
import { handlers } from "./resources/index.ts";

/** One resource or component of a previewed stage. */
export interface PreviewedResource extends Omit<Registration, "id"> {
  /**
   * `component`: groups others; `emulated`: the sandbox would make it; `declared`: the sandbox would only give it an id.
   */
  kind: "component" | "emulated" | "declared";
  /** The logical names from the outermost component to the resource: `api / api-stage`. */
  path: string;
  /** The line that made it; absent where the stack trace has none of the program's. */
  source?: SourceLine;
  /** The line that made the outermost component that it is in, where that is another. */
  componentSource?: SourceLine;
}

export interface Preview {
  stage: string;
  resources: PreviewedResource[];
  counts: { emulated: number; declared: number; components: number };
  /** What the policy pack says of the resources. */
  policy: PolicyPreview;
  /** What the stage costs while nobody uses it. */
  cost: CostPreview;
  /** What is different from the preview that was saved; absent where none was. */
  changes?: PreviewChanges;
  /** What `--save` keeps. */
  saved: SavedPreview;
  /** The resources as a plan of Terraform's, for tools that know nothing of Pulumi. */
  terraform: TerraformExport;
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
  /** Findings that are accepted. Default: none. */
  suppressions?: readonly Suppression[];
  /** The preview to compare with. Default: none. */
  saved?: SavedPreview | undefined;
  /** Default: the system's clock. */
  now?: Date;
}

/**
 * Evaluates a stage's program as `pulumi preview` does, with everything unknown that only AWS knows, and judges its resources by
 * the policy pack. Nothing is made, and neither credentials nor a CLI are needed.
 *
 * @throws What the program throws.
 */
export async function previewStage(options: PreviewOptions): Promise<Preview> {
  const { stage, config, suppressions = [], now = new Date() } = options;
  // At the same time: each waits for the functions' bundles, which they then share.
  const [unknowing, standingIn] = await Promise.all([run(options, (monitor) => monitor), runWithStandIns(options)]);
  const resources = previewed(unknowing);
  const count = (kind: PreviewedResource["kind"]) => resources.filter((resource) => resource.kind === kind).length;
  const profile = stage === "dev" ? "dev" : "prod";
  const policy = judge(unknowing.recorded.resources, standingIn.recorded.resources, { profile, suppressions, now });
  const saved: SavedPreview = {
    version: 1,
    stage,
    resources: Object.fromEntries([...unknowing.recorded.inputs].sort(([a], [b]) => a.localeCompare(b))),
    findings: policy.findings.map(findingText),
  };
  return {
    stage,
    resources,
    counts: { emulated: count("emulated"), declared: count("declared"), components: count("component") },
    policy,
    // How many subnets a network has is among the stand-ins.
    cost: costOf(standingIn.recorded.resources, regionOf(config)),
    ...(options.saved === undefined ? {} : { changes: changesSince(options.saved, saved) }),
    saved,
    terraform: terraformPlan(unknowing.recorded.resources, standingIn.recorded.resources),
  };
}

/** The resources of a stage with made-up ids and ARNs in the place of AWS's, for tools that read whole documents. */
export async function standInResources(options: PreviewOptions): Promise<PolicyResource[]> {
  return (await runWithStandIns(options)).recorded.resources;
}

function runWithStandIns(options: PreviewOptions): Promise<Run> {
  const mocksOf = (monitor: EmulatingMonitor, identity: Identity): pulumi.runtime.Mocks => ({
    newResource: async (args) => {
      const { state } = await monitor.newResource(args);
      if (monitor.provenance.get(`${args.type}::${args.name}`) === "component") return { id: undefined, state };
      const made = standIns(args, identity);
      return { id: made.id, state: { ...made.state, ...state } };
    },
    call: (args) => monitor.call(args),
  });
  // Where a resource was made is known from the other run.
  return run(options, mocksOf, false);
}

/** A finding as saved previews name it. */
function findingText({ rule, urn, key }: Finding): string {
  return [rule, urn, ...(key === "" ? [] : [key])].join(" ");
}

function regionOf(config: Readonly<Record<string, string>>): string {
  return config["aws:region"] ?? "us-east-1";
}

/** The resources with their paths and sources. */
function previewed({ registrations, provenance, recorded: { sources } }: Run): PreviewedResource[] {
  const own = registrations.filter(({ type }) => type !== "pulumi:pulumi:Stack");
  const byUrn = new Map(own.map((each) => [each.urn, each]));
  return own.map(({ type, name, urn, parent }): PreviewedResource => {
    const made = provenance.get(`${type}::${name}`);
    const kind = made === "component" ? "component" : type in handlers ? "emulated" : "declared";
    const names = [name];
    let outermost = urn;
    for (let above = byUrn.get(parent); above !== undefined; above = byUrn.get(above.parent)) {
      names.unshift(above.name);
      outermost = above.urn;
    }
    const [source, componentSource] = [sources.get(urn), sources.get(outermost)];
    return {
      type,
      name,
      urn,
      parent,
      kind,
      path: names.join(" / "),
      ...(source && { source }),
      ...(componentSource && outermost !== urn && { componentSource }),
    };
  });
}

interface Run {
  registrations: Registration[];
  recorded: Recorded;
  provenance: ReadonlyMap<string, Provenance>;
}

async function run(
  { stage, program, config }: PreviewOptions,
  mocksOf: (monitor: EmulatingMonitor, identity: Identity) => pulumi.runtime.Mocks,
  traced = true,
): Promise<Run> {
  const region = regionOf(config);
  const identity: Identity = { region, accountId: ACCOUNT_ID, partition: "aws" };
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const monitor = new EmulatingMonitor({ identity, onFailure: fail });
  const { program: recordingProgram, recorded } = recording(program, traced);
  const { registrations } = await runProgram(
    recordingProgram,
    mocksOf(monitor, identity),
    { project: "palisade", stack: stage, config: { ...config, "aws:region": region }, preview: true },
    failed,
  );
  return { registrations, recorded, provenance: monitor.provenance };
}

/**
 * Judges what is known; then each rule that could not look at a resource looks again with stand-ins. What it finds there counts,
 * what it still cannot see is not evaluated.
 */
function judge(
  unknowing: readonly PolicyResource[],
  standingIn: readonly PolicyResource[],
  { profile, suppressions, now }: { profile: "dev" | "prod"; suppressions: readonly Suppression[]; now: Date },
): PolicyPreview {
  const options = { rules: RULES, levels: levelsOf(profile), suppressions, now };
  const strict = evaluate(unknowing, options);
  const again = evaluate(standingIn, options);
  const pair = ({ rule, urn }: { rule: string; urn: string }) => `${rule} ${urn}`;
  const open = new Set(strict.notEvaluated.map(pair));
  const stillOpen = again.notEvaluated.filter((each) => open.has(pair(each)));
  const both = <F extends Finding>(first: readonly F[], second: readonly F[]) =>
    [...first.filter((each) => !open.has(pair(each))), ...second.filter((each) => open.has(pair(each)))].sort(
      bySeverity,
    );
  const nameOf = ({ rule, resource, key = "" }: Suppression) => `${rule} ${resource} ${key}`;
  const staleAgain = new Set(again.staleSuppressions.map(nameOf));
  return {
    ...strict,
    // In the second evaluation's order, which is the worst first; a finding that was seen in the first step is in it too.
    findings: both(strict.findings, again.findings),
    suppressed: both(strict.suppressed, again.suppressed),
    staleSuppressions: strict.staleSuppressions.filter((each) => staleAgain.has(nameOf(each))),
    notEvaluated: stillOpen,
    profile,
    judgedWithStandIns: open.size - new Set(stillOpen.map(pair)).size,
  };
}

const SEVERITIES = ["critical", "high", "medium", "low"];

function bySeverity(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    a.rule.localeCompare(b.rule) ||
    a.urn.localeCompare(b.urn) ||
    a.key.localeCompare(b.key)
  );
}
