import { detectionExpected, detectionText } from "./detection.ts";
import type { AttackResult, LabResult, StageResult } from "./report/json.ts";
import { expected, WITHOUT_EDGE } from "./verdict.ts";

/** Colours a word of the table; without a terminal it changes nothing. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
}

/** No colours: for pipes, files and tests. */
export const PLAIN: Paint = { good: same, bad: same, faint: same, strong: same };

function same(text: string): string {
  return text;
}

/** ANSI colours that are readable on light and dark terminals. */
export const COLOURS: Paint = {
  good: (text) => `\u001b[32m${text}\u001b[39m`,
  bad: (text) => `\u001b[31m${text}\u001b[39m`,
  faint: (text) => `\u001b[2m${text}\u001b[22m`,
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
};

/** The before/after table: one line an attack, one column a stage, and the layer that held. */
export function table(result: Pick<LabResult, "stages">, paint: Paint = PLAIN): string {
  const { stages } = result;
  const heads = ["attack", "paper", ...stages.map(({ stage }) => stage), "layer"];
  const attacks = stages[0]?.attacks ?? [];
  const rows = [...attacks.map((attack) => rowOf(attack, stages)), ...detectionRow(stages, paint)];
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.text.length ?? 0)),
  );
  const line = (cells: readonly Cell[]): string =>
    cells
      .map(({ text, paint: colour }, column) => colour(text) + " ".repeat((widths[column] ?? 0) - text.length))
      .join("  ")
      .trimEnd();
  const cell = (text: string): Cell => ({ text, paint: paint.strong });
  return [
    line(heads.map(cell)),
    paint.faint(widths.map((width) => "-".repeat(width)).join("  ")),
    ...rows.map(line),
  ].join("\n");

  function rowOf(attack: AttackResult, all: readonly StageResult[]): Cell[] {
    const results = all.map(({ stage, attacks: of }) => ({ stage, found: of.find(({ id }) => id === attack.id) }));
    const last = results.at(-1)?.found ?? attack;
    return [
      { text: attack.id, paint: same },
      { text: attack.paper, paint: paint.faint },
      ...results.map(({ stage, found }) => {
        const text = found?.verdict ?? "";
        const bad = found !== undefined && (!expected(stage, found.verdict, found) || found.verdict === "exploited");
        return { text, paint: bad ? paint.bad : paint.good };
      }),
      { text: last.layer === "none" ? "none" : (last.defence ?? last.layer), paint: same },
    ];
  }
}

/** The call to a listed address, as the last row: who was told of it, and when. */
function detectionRow(stages: readonly StageResult[], paint: Paint): Cell[][] {
  const any = stages.find(({ detection }) => detection !== undefined)?.detection;
  if (any === undefined) return [];
  return [
    [
      { text: any.id, paint: same },
      { text: any.paper, paint: paint.faint },
      ...stages.map(({ stage, detection }) => {
        const bad = detection?.outcome !== "mail" || !detectionExpected(stage, detection);
        return { text: detection === undefined ? "" : detectionText(detection), paint: bad ? paint.bad : paint.good };
      }),
      { text: "detection", paint: same },
    ],
  ];
}

interface Cell {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** One sentence a stage: the verdicts, the twins, the resources and the time. */
export function summaries(result: Pick<LabResult, "stages">): string[] {
  return result.stages.map((stage) => {
    const { attacks, legitimate, resources } = stage;
    const counts = new Map<string, number>();
    for (const { verdict } of attacks) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    const verdicts = [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(", ");
    const served = legitimate.filter(({ ok }) => ok).length;
    return (
      `${stage.stage}: ${attacks.length} attacks: ${verdicts}; legitimate requests served: ${served} of ${legitimate.length}; ` +
      `resources: ${resources.emulated} emulated / ${resources.declared} declared; ` +
      `provisioned in ${seconds(stage.provisionMs)}, attacked in ${seconds(stage.attackMs)}`
    );
  });
}

/** What went otherwise than the lab expects, one line each. */
export function surprises(result: Pick<LabResult, "stages">): string[] {
  return result.stages.flatMap(({ stage, attacks, legitimate, detection }) => [
    ...attacks
      .filter((attack) => !expected(stage, attack.verdict, attack))
      .map(({ id, verdict, evidence }) => `${stage}: ${id} is ${verdict}: ${evidence}`),
    ...legitimate
      .filter(({ ok }) => !ok)
      .map(({ id, evidence }) => `${stage}: the legitimate twin of ${id} was not served: ${evidence}`),
    ...(detection === undefined || detectionExpected(stage, detection)
      ? []
      : [`${stage}: ${detection.id} is ${detectionText(detection)}: ${detection.evidence}`]),
  ]);
}

/**
 * Of a run with and without the firewall: what the edge alone stopped, and what the layers behind it stopped in its place. Nothing of
 * other runs.
 */
export function edgeShare({ stages }: Pick<LabResult, "stages">): EdgeShare | undefined {
  const without = stages.find(({ stage }) => stage === WITHOUT_EDGE);
  const whole = stages.find(({ stage }) => stage === "prod");
  if (!without || !whole) return undefined;
  const edge = whole.attacks.filter(({ layer }) => layer === "edge").map(({ id }) => id);
  const stopped = without.attacks.filter(({ id }) => edge.includes(id));
  return {
    alone: stopped.filter(({ verdict }) => verdict === "exploited").map(({ id }) => id),
    behind: stopped
      .filter(({ verdict, layer }) => verdict === "blocked" && layer !== "none")
      .map(({ id, defence, layer }) => ({ id, held: defence ?? layer })),
    unread: stopped.filter(({ verdict, layer }) => verdict === "blocked" && layer === "none").map(({ id }) => id),
  };
}

/** How the attacks that the edge stopped end where there is no edge. */
export interface EdgeShare {
  /** They succeed. */
  readonly alone: readonly string[];
  /** What stops them in its place. */
  readonly behind: readonly { readonly id: string; readonly held: string }[];
  /** Nothing reads what they carry. */
  readonly unread: readonly string[];
}

/** The same as lines of text. */
export function edgeShareLines(result: Pick<LabResult, "stages">): string[] {
  const share = edgeShare(result);
  if (!share) return [];
  const named = (ids: readonly string[]) => `${ids.length}${ids.length === 0 ? "" : `: ${ids.join(", ")}`}`;
  return [
    `stopped by the edge alone: ${named(share.alone)}`,
    `stopped by the edge, and by what stands behind it: ${named(share.behind.map(({ id, held }) => `${id} (${held})`))}`,
    `stopped by the edge, and read by nothing behind it: ${named(share.unread)}`,
  ];
}

/** What was left out, with its reason. */
export function omissions(result: Pick<LabResult, "stages">): string[] {
  return result.stages.flatMap(({ stage, attacks }) =>
    attacks
      .filter(({ verdict }) => verdict === "not run" || verdict === "declared")
      .map(({ id, verdict, evidence }) => `${stage}: ${id} is ${verdict}: ${evidence}`),
  );
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
