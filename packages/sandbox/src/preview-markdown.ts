import type { Preview } from "./preview.ts";
import { dollars, placed, sourceWords, splitFindings } from "./preview-findings.ts";

/** GitHub refuses comments of more than 65,536 characters; each part of the comment has a share of that. */
const MOST_ROWS = 50;

/** The preview as a comment of a pull request: what changed, what is wrong, what it costs; the long parts folded. */
export function previewMarkdown(preview: Preview): string {
  const { stage, policy, cost, counts } = preview;
  const { violations, lowered, mandatory } = splitFindings(preview);
  const verdict = mandatory === 0 ? "no mandatory finding" : `**${mandatory} mandatory finding${plural(mandatory)}**`;
  return [
    `### Preview of \`${stage}\`: ${verdict}`,
    "",
    `${counts.emulated + counts.declared} resources in ${counts.components} components. ` +
      `${violations.length} finding${plural(violations.length)} (profile ${policy.profile}), ${lowered.length} lowered floor${plural(lowered.length)}, ` +
      `${policy.suppressed.length} suppressed, ${policy.notEvaluated.length} not evaluated. ` +
      `Idle it costs ${dollars(cost.idleUsd)} a month (list prices of ${cost.region}, ${cost.asOf}).`,
    ...table(
      ["severity", "rule", "resource", "what", "where"],
      violations.map((finding) => {
        const { resource, text } = placed(preview, finding);
        const severity = `${finding.severity}${finding.level === "mandatory" ? "" : " (advisory)"}`;
        return [
          severity,
          `[${finding.rule}](${finding.url})`,
          resource?.path ?? finding.name,
          text,
          code(sourceWords(resource)),
        ];
      }),
    ),
    ...changes(preview),
    ...stale(preview),
    ...folded(
      `Lowered floors (${lowered.length})`,
      table(
        ["resource", "what"],
        lowered.map((finding) => {
          const { resource, text } = placed(preview, finding);
          return [resource?.path ?? finding.name, text];
        }),
      ),
    ),
    ...folded(
      `Suppressed (${policy.suppressed.length})`,
      table(
        ["rule", "resource", "reason", "until"],
        policy.suppressed.map(({ rule, name, reason, expires }) => [rule, name, reason, expires]),
      ),
    ),
    ...folded(
      `Not evaluated (${policy.notEvaluated.length})`,
      table(
        ["rule", "resource", "why"],
        policy.notEvaluated.map(({ rule, name, reason }) => [rule, name, reason]),
      ),
    ),
    ...folded(`Idle cost: ${dollars(cost.idleUsd)} a month`, [
      ...table(
        ["resource", "idle a month", "sum of", "use, in USD"],
        cost.resources
          .filter(({ idleUsd, formula }) => idleUsd !== 0 || formula !== "")
          .map(({ name, type, idleUsd, formula, usage }) => [
            `${name} (${type.split(":").at(-1)})`,
            idleUsd === undefined ? "not known" : dollars(idleUsd),
            formula,
            usage.join("; "),
          ]),
      ),
      ...(cost.notPriced.length === 0
        ? []
        : ["", `Not priced: ${cost.notPriced.map(({ type, count }) => `${count} ${type}`).join(", ")}.`]),
    ]),
    "",
  ].join("\n");
}

function changes({ changes: since, resources }: Preview): string[] {
  if (since === undefined) return [];
  const path = (urn: string) => resources.find((each) => each.urn === urn)?.path ?? (urn.split("::").at(-1) as string);
  const type = (urn: string) => (urn.split("::")[2] ?? "").split("$").at(-1) as string;
  const rows = [
    ...since.added.map((urn) => ["added", type(urn), path(urn), ""]),
    ...since.removed.map((urn) => ["removed", type(urn), path(urn), ""]),
    ...since.changed.map(({ urn, paths }) => ["changed", type(urn), path(urn), code(paths.join(", "))]),
  ];
  if (rows.length === 0) return ["", "Nothing is different from the saved preview."];
  return [
    ...table(["change", "type", "resource", "inputs"], rows),
    "",
    `${since.newFindings.length} new findings, ${since.resolvedFindings.length} resolved.`,
  ];
}

function stale({ policy }: Preview): string[] {
  return policy.staleSuppressions.flatMap(({ rule, resource, expires, expired }) => [
    "",
    expired
      ? `**The suppression of ${rule} on ${resource} has expired on ${expires}.**`
      : `The suppression of ${rule} on ${resource} matches no finding: take it out.`,
  ]);
}

function folded(summary: string, lines: string[]): string[] {
  if (lines.length === 0) return [];
  return ["", `<details><summary>${escaped(summary)}</summary>`, ...lines, "", "</details>"];
}

function table(head: string[], rows: string[][]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: string[]) =>
    `| ${cells.map((text) => (text.startsWith("`") || text.startsWith("[") ? text : escaped(text))).join(" | ")} |`;
  const more = rows.length - MOST_ROWS;
  return [
    "",
    line(head),
    line(head.map(() => "---")),
    ...rows.slice(0, MOST_ROWS).map(line),
    ...(more > 0 ? ["", `… and ${more} more: the JSON has them all.`] : []),
  ];
}

/** Names and messages come from a program under review: nothing in them is Markdown, HTML or the end of a cell. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replace(/[\\`*_[\]|@#]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/\s+/g, " ");
}

function code(text: string): string {
  return text === "" ? "" : `\`${text.replace(/[`|\s]+/g, " ")}\``;
}

function plural(count: number): string {
  return count === 1 ? "" : "s";
}
