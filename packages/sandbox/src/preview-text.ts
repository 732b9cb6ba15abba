import type { Preview, PreviewedResource } from "./preview.ts";
import { dollars, placed, SEVERITIES, sourceWords, splitFindings } from "./preview-findings.ts";

/** The preview as lines of text: the resources, what changed, what it costs, the findings, and what is not evaluated. */
export function previewText(preview: Preview): string {
  const { counts } = preview;
  const total = counts.emulated + counts.declared;
  return [
    ...tree(preview),
    "",
    `${total} resources in ${counts.components} components: ${counts.emulated} the sandbox emulates, ${counts.declared} it declares only.`,
    ...changeLines(preview),
    "",
    ...costLines(preview),
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

function changeLines({ changes, resources }: Preview): string[] {
  if (changes === undefined) return [];
  const { added, removed, changed, newFindings, resolvedFindings } = changes;
  const name = (urn: string) => {
    const [, , types = "", logical = ""] = urn.split("::");
    return `${types.split("$").at(-1)}  ${resources.find((each) => each.urn === urn)?.path ?? logical}`;
  };
  const same = added.length + removed.length + changed.length === 0;
  return [
    "",
    same
      ? "Nothing is different from the saved preview."
      : `Since the saved preview: ${added.length} added, ${removed.length} removed, ${changed.length} changed.`,
    ...added.map((urn) => `  + ${name(urn)}`),
    ...removed.map((urn) => `  - ${name(urn)}`),
    ...changed.map(({ urn, paths }) => `  ~ ${name(urn)}: ${paths.join(", ")}`),
    ...newFindings.map((finding) => `  new finding: ${finding}`),
    ...resolvedFindings.map((finding) => `  resolved: ${finding}`),
  ];
}

function costLines({ cost }: Preview): string[] {
  const idle = cost.resources.filter(({ idleUsd }) => idleUsd !== 0);
  const usage = new Map<string, { names: number; usage: string[] }>();
  for (const { type, usage: words } of cost.resources) {
    if (words.length > 0) usage.set(type, { names: (usage.get(type)?.names ?? 0) + 1, usage: words });
  }
  return [
    `Idle it costs ${dollars(cost.idleUsd)} a month, and with use more (list prices of ${cost.region}, ${cost.asOf}` +
      `${cost.otherRegion ? "; the stage is in another region" : ""}; sources in packages/sandbox/src/preview-prices.json):`,
    ...idle.map(
      ({ name, idleUsd, formula }) =>
        `  ${(idleUsd === undefined ? "not known" : dollars(idleUsd)).padStart(9)}  ${name}: ${formula}`,
    ),
    ...[...usage].map(([type, each]) => `  with use   ${each.names} ${type}: ${each.usage.join("; ")}`),
    ...(cost.notPriced.length === 0
      ? []
      : [`  not priced ${cost.notPriced.map(({ type, count }) => `${count} ${type}`).join(", ")}`]),
  ];
}

function policyLines(preview: Preview): string[] {
  const { passed, notApplicable, notEvaluated, judgedWithStandIns, profile, suppressed, staleSuppressions } =
    preview.policy;
  const { violations, lowered, mandatory } = splitFindings(preview);
  const lines = [
    `Policy (profile ${profile}): ${mandatory} mandatory and ${violations.length - mandatory} advisory findings, ` +
      `${lowered.length} lowered floors, ${suppressed.length} suppressed; ` +
      `${passed + notApplicable + judgedWithStandIns} checks without one, ${notEvaluated.length} not evaluated.`,
  ];
  if (judgedWithStandIns > 0) {
    lines.push(
      `${judgedWithStandIns} checks used made-up ids and ARNs, since only AWS knows the real ones: \`up\` repeats them.`,
    );
  }
  for (const severity of SEVERITIES) {
    const rules = new Set(violations.filter((each) => each.severity === severity).map(({ rule }) => rule));
    if (rules.size > 0) lines.push("", severity.toUpperCase());
    for (const rule of rules) {
      const all = violations.filter((each) => each.rule === rule);
      const [first] = all;
      lines.push(`  ${rule} (${first?.level}): ${first?.remediation}`);
      for (const finding of all) {
        const { resource, text } = placed(preview, finding);
        lines.push(`    ${resource?.path ?? finding.name}: ${text}`);
        const source = sourceWords(resource);
        if (source !== "") lines.push(`      at ${source}`);
      }
    }
  }
  if (lowered.length > 0) lines.push("", "LOWERED FLOORS, each with its reason");
  for (const finding of lowered) {
    const { resource, text } = placed(preview, finding);
    lines.push(`  ${resource?.path ?? finding.name}: ${text}`);
  }
  if (suppressed.length > 0) lines.push("", "SUPPRESSED");
  for (const finding of suppressed) {
    const { resource, text } = placed(preview, finding);
    lines.push(`  ${finding.rule}  ${resource?.path}: ${text}; until ${finding.expires}: ${finding.reason}`);
  }
  for (const { rule, resource, expires, expired } of staleSuppressions) {
    lines.push(
      "",
      expired
        ? `The suppression of ${rule} on ${resource} has expired on ${expires}: mend the finding, or write a new reason and day.`
        : `The suppression of ${rule} on ${resource} matches no finding: take it out of stacks/suppressions.yaml.`,
    );
  }
  if (notEvaluated.length > 0) lines.push("", "NOT EVALUATED");
  for (const { rule, urn, name, reason } of notEvaluated) {
    const resource = preview.resources.find((each) => each.urn === urn);
    lines.push(`  ${rule}  ${resource?.path ?? name}  ${reason}`);
  }
  return lines;
}

/** The order of registration depends on timing; this one does not. */
function byTypeAndName(a: PreviewedResource, b: PreviewedResource): number {
  return a.type.localeCompare(b.type) || a.name.localeCompare(b.name);
}
