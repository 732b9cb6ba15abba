import { ACCOUNT_ID } from "./emulator/index.ts";
import type { Identity } from "./identity.ts";
import { EmulatingMonitor } from "./monitor.ts";
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
}

export interface PreviewOptions {
  stage: string;
  program: Program<unknown>;
  /** Configuration by full key. */
  config: Readonly<Record<string, string>>;
}

/**
 * Evaluates a stage's program as `pulumi preview` does, with everything unknown that only AWS knows. Nothing is made, and neither
 * credentials nor a CLI are needed.
 *
 * @throws What the program throws.
 */
export async function previewStage({ stage, program, config }: PreviewOptions): Promise<Preview> {
  const region = config["aws:region"] ?? "us-east-1";
  const identity: Identity = { region, accountId: ACCOUNT_ID, partition: "aws" };
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const monitor = new EmulatingMonitor({ identity, onFailure: fail });
  const { registrations } = await runProgram(
    program,
    monitor,
    { project: "palisade", stack: stage, config: { ...config, "aws:region": region }, preview: true },
    failed,
  );
  const resources = registrations
    .filter(({ type }) => type !== "pulumi:pulumi:Stack")
    .map(({ type, name, urn, parent }): PreviewedResource => {
      const provenance = monitor.provenance.get(`${type}::${name}`);
      const kind = provenance === "component" ? "component" : type in handlers ? "emulated" : "declared";
      return { type, name, urn, parent, kind };
    });
  const count = (kind: PreviewedResource["kind"]) => resources.filter((resource) => resource.kind === kind).length;
  return {
    stage,
    resources,
    counts: { emulated: count("emulated"), declared: count("declared"), components: count("component") },
  };
}

/** The preview as lines of text: the tree of resources, then the counts. */
export function previewText({ stage, resources, counts }: Preview): string {
  const lines = [`Stage ${stage}`];
  const children = new Map<string, PreviewedResource[]>();
  for (const resource of resources) {
    children.set(resource.parent, [...(children.get(resource.parent) ?? []), resource].sort(byTypeAndName));
  }
  const known = new Set(resources.map(({ urn }) => urn));
  const add = (resource: PreviewedResource, depth: number) => {
    const note = resource.kind === "declared" ? "  (declared: the sandbox does not emulate it)" : "";
    lines.push(`${"  ".repeat(depth)}${resource.type}  ${resource.name}${note}`);
    for (const child of children.get(resource.urn) ?? []) add(child, depth + 1);
  };
  const roots = resources.filter(({ parent }) => !known.has(parent)).sort(byTypeAndName);
  for (const root of roots) add(root, 1);
  const total = counts.emulated + counts.declared;
  lines.push(
    "",
    `${total} resources in ${counts.components} components: ${counts.emulated} the sandbox emulates, ${counts.declared} it declares only.`,
    "Policy findings are not part of this preview yet: the policy pack is a later part of Palisade.",
  );
  return lines.join("\n");
}

/** The order of registration depends on timing; this one does not. */
function byTypeAndName(a: PreviewedResource, b: PreviewedResource): number {
  return a.type.localeCompare(b.type) || a.name.localeCompare(b.name);
}
