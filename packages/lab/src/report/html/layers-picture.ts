import { type Html, html } from "@palisade/functions/src/shared/defences/html-encoding";
import type { Layer } from "../../defences.ts";
import type { StageResult } from "../json.ts";

/** The layers in the order in which a request meets them, with what each is. */
export const LAYERS: readonly (readonly [Layer, string])[] = [
  ["edge", "firewall"],
  ["gateway", "models, identity source"],
  ["authorizer", "token, allow-list"],
  ["permissions", "policies on the data"],
  ["function", "hardened code"],
  ["iam", "the function's role"],
  ["database", "grants, columns"],
];

const WIDTH = 960;
/** Width of the attacks' names. */
const LEFT = 190;
const COLUMN = (WIDTH - LEFT - 60) / LAYERS.length;
const ROW = 15;
const TOP = 52;

/**
 * The stage's layers as walls, and each attack as a line from the internet that ends at the wall which stopped it, or goes through all
 * of them to the asset. A wall that the stage does not have, because nothing was stopped there and no attack lists it, is dashed.
 */
export function layersPicture({ stage, attacks }: StageResult): Html {
  const bottom = TOP + attacks.length * ROW + 8;
  const standing = new Set(
    stage === "weak"
      ? []
      : attacks.flatMap(({ defences, layer }) => [...defences.map((id) => id.split(":")[0]), layer]),
  );
  return html`<figure><figcaption>${stage}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${bottom + 8}" role="img" aria-label="The layers of ${stage} and where each attack ended">
<text x="${LEFT}" y="26" text-anchor="end" class="end">internet</text><text x="${WIDTH - 4}" y="26" text-anchor="end" class="end">data</text>
${LAYERS.map(([layer, what], index) => {
  const x = wall(index);
  const stopped = attacks.filter((attack) => attack.verdict === "blocked" && attack.layer === layer).length;
  return html`<g class="${standing.has(layer) ? "wall" : "gap"}"><text x="${x}" y="18" text-anchor="middle" class="name">${layer}${stopped > 0 ? ` (${stopped})` : ""}</text>
<text x="${x}" y="34" text-anchor="middle" class="what">${what}</text><line x1="${x}" x2="${x}" y1="${TOP - 10}" y2="${bottom}"/></g>`;
})}
${attacks.map(({ id, verdict, layer }, index) => {
  const y = TOP + index * ROW;
  const position = LAYERS.findIndex(([name]) => name === layer);
  const end = verdict === "blocked" && position >= 0 ? wall(position) : verdict === "exploited" ? WIDTH - 24 : LEFT;
  return html`<a href="#${id}" class="${css(verdict)}"><title>${id}: ${verdict}${position >= 0 ? ` at ${layer}` : ""}</title>
<text x="${LEFT - 10}" y="${y + 4}" text-anchor="end" class="attack">${id}</text>
<line x1="${LEFT}" x2="${end}" y1="${y}" y2="${y}"/><circle cx="${end}" cy="${y}" r="4"/></a>`;
})}
</svg></figure>`;
}

/** The class of a verdict. */
export function css(verdict: string): string {
  return verdict.replaceAll(" ", "-");
}

function wall(index: number): number {
  return Math.round(LEFT + 60 + index * COLUMN);
}
