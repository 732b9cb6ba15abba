import type { Preview, PreviewedResource } from "./preview.ts";

/** The preview as lines of text: the tree of resources, the counts, the findings by severity, and what is not evaluated. */
export function previewText(preview: Preview): string {
  const { counts } = preview;
  const total = counts.emulated + counts.declared;
  return [
    ...tree(preview),
    "",
    `${total} resources in ${counts.components} components: ${counts.emulated} the sandbox emulates, ${counts.declared} it declares only.`,
    "",
    ...policyLines(preview),
  ].join("\n");
}

function tree({ stage, resources }: Preview): string[] {
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
  return lines;
}

function policyLines({ policy, resources }: Preview): string[] {
  const { findings, notEvaluated, passed, notApplicable, judgedWithStandIns, profile } = policy;
  const paths = pathsOf(resources);
  const mandatory = findings.filter(({ level }) => level === "mandatory").length;
  const lines = [
    `Policy (profile ${profile}): ${mandatory} mandatory and ${findings.length - mandatory} advisory findings; ` +
      `${passed + notApplicable + judgedWithStandIns} checks without one, ${notEvaluated.length} not evaluated.`,
  ];
  if (judgedWithStandIns > 0) {
    lines.push(
      `${judgedWithStandIns} checks used made-up ids and ARNs, since only AWS knows the real ones: \`up\` repeats them.`,
    );
  }
  for (const severity of ["critical", "high", "medium", "low"]) {
    const rules = new Set(findings.filter((each) => each.severity === severity).map(({ rule }) => rule));
    if (rules.size > 0) lines.push("", severity.toUpperCase());
    for (const rule of rules) {
      const all = findings.filter((each) => each.rule === rule);
      const [first] = all;
      lines.push(`  ${rule} (${first?.level}): ${first?.remediation}`);
      // The message begins with the resource's name, which is the path's last part.
      for (const { urn, name, message } of all) lines.push(`    ${paths.get(urn)}${message.slice(name.length)}`);
    }
  }
  if (notEvaluated.length > 0) lines.push("", "NOT EVALUATED");
  for (const { rule, urn, reason } of notEvaluated) lines.push(`  ${rule}  ${paths.get(urn)}  ${reason}`);
  return lines;
}

/** The logical names from the outermost component to the resource: `api / api-stage`. */
function pathsOf(resources: readonly PreviewedResource[]): Map<string, string> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const path = ({ name, parent }: PreviewedResource): string => {
    const above = byUrn.get(parent);
    return above === undefined ? name : `${path(above)} / ${name}`;
  };
  return new Map(resources.map((resource) => [resource.urn, path(resource)]));
}

/** The order of registration depends on timing; this one does not. */
function byTypeAndName(a: PreviewedResource, b: PreviewedResource): number {
  return a.type.localeCompare(b.type) || a.name.localeCompare(b.name);
}
