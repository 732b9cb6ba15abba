import { type Html, html, trusted } from "@palisade/functions/src/shared/defences/html-encoding";
import { edgeShare } from "../../table.ts";
import type { LabResult, StageResult } from "../json.ts";
import { attackSection } from "./attack-section.ts";
import { detectionSection } from "./detection-section.ts";
import { layersPicture } from "./layers-picture.ts";
import { STYLE } from "./style.ts";
import { summaryTable } from "./summary-table.ts";

/**
 * The report as one HTML file: no script, no request to anywhere, light and dark by the reader's setting. Everything that came from a
 * request or an answer is encoded by the template, because the report holds every attack of the lab.
 *
 * @param result what a run of the lab found
 * @returns the file's text
 */
export function renderReport(result: LabResult): string {
  const stages = result.stages.map(({ stage }) => stage);
  const ids = [...new Set(result.stages.flatMap(({ attacks }) => attacks.map(({ id }) => id)))];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Palisade lab report</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header>
<h1>Palisade lab report</h1>
<p>${stages.join(" and ")}, stood up on one machine and attacked. ${result.startedAt.slice(0, 19).replace("T", " ")} UTC, ${seconds(result.ms)} in all.</p>
<div class="tiles">${result.stages.map(tile)}</div>
</header>
<main>
<section aria-labelledby="layers"><h2 id="layers">Where each attack was stopped</h2>
${result.stages.map(layersPicture)}
</section>
${edge(result)}<section aria-labelledby="attacks"><h2 id="attacks">Attacks</h2>
<p>The chain of an attack names the defences that its author lists, outermost first; the filled one is the one that the run's own
records name. Each attack has a legitimate twin, which the same stage must serve.</p>
${summaryTable(result.stages, ids)}
</section>
${detectionSection(result.stages)}<section aria-labelledby="evidence"><h2 id="evidence">Evidence</h2>
${ids.map((id) => attackSection(id, result.stages))}
</section>
<section aria-labelledby="limits"><h2 id="limits">What this run does not show</h2>
${result.stages.map(limits)}
</section>
</main>
</body>
</html>
`.toString();
}

/** Of a run with and without the firewall, what each stopped. */
function edge(result: LabResult): Html {
  const share = edgeShare(result);
  if (!share) return html``;
  const list = (ids: readonly string[]) => html`<ul>${ids.map((id) => html`<li><a href="#${id}">${id}</a></li>`)}</ul>`;
  return html`<section aria-labelledby="edge"><h2 id="edge">What the edge stopped</h2>
<h3>Alone: with the firewall off they succeed (${share.alone.length})</h3>${list(share.alone)}
<h3>Together with the layers behind it (${share.behind.length})</h3>
<ul>${share.behind.map(({ id, held }) => html`<li><a href="#${id}">${id}</a>, then ${held}</li>`)}</ul>
<h3>What nothing behind it reads (${share.unread.length})</h3>${list(share.unread)}
</section>
`;
}

function tile({ stage, attacks, legitimate, provisionMs, resources }: StageResult): Html {
  const count = (verdict: string) => attacks.filter((attack) => attack.verdict === verdict).length;
  const other = attacks.length - count("exploited") - count("blocked");
  return html`<div class="tile"><h3>${stage}</h3>
<p class="figures"><span class="exploited"><b>${count("exploited")}</b> exploited</span> <span class="blocked"><b>${count("blocked")}</b> blocked</span>${other > 0 ? html` <span class="other"><b>${other}</b> other</span>` : ""}</p>
<p>${legitimate.filter(({ ok }) => ok).length} of ${legitimate.length} legitimate requests served.
Stood up in ${seconds(provisionMs)}: ${resources.emulated} resources emulated, ${resources.declared} declared.</p></div>`;
}

function limits({ stage, declaredTypes, attacks }: StageResult): Html {
  const unjudged = attacks.filter(({ verdict }) => verdict !== "exploited" && verdict !== "blocked");
  return html`<h3>${stage}</h3>
<p>${
    declaredTypes.length === 0
      ? "Every resource was created on the emulator."
      : "These resource types were declared by the program and not created: nothing here proves what they do."
  }</p>
<ul class="types">${declaredTypes.map((type) => html`<li><code>${type}</code></li>`)}</ul>
${unjudged.length > 0 ? html`<p>Without a verdict:</p><ul>${unjudged.map(({ id, verdict, evidence }) => html`<li><code>${id}</code>, ${verdict}: ${evidence}</li>`)}</ul>` : ""}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
