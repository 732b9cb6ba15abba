import { type Html, html } from "@palisade/functions/src/shared/defences/html-encoding";
import type { LogEntry } from "../../records.ts";
import type { Trace } from "../../traces.ts";
import type { AttackResult, ReportExchange, StageResult, TwinResult } from "../json.ts";
import { css } from "./layers-picture.ts";
import { chain } from "./summary-table.ts";

/** One attack: the stages side by side, each with its verdict, its requests and answers, and the records that explain it. */
export function attackSection(id: string, stages: readonly StageResult[]): Html {
  const title = stages.flatMap(({ attacks }) => attacks).find((attack) => attack.id === id)?.title ?? id;
  return html`<details class="attack"><summary><span class="title">${title}</span> ${stages.map(
    ({ stage, attacks }) => {
      const verdict = attacks.find((attack) => attack.id === id)?.verdict ?? "not run";
      return html`<span class="verdict ${css(verdict)}">${stage}: ${verdict}</span> `;
    },
  )}</summary>
<div class="sides" id="${id}">${stages.map(({ stage, attacks, legitimate }) =>
    side(
      stage,
      attacks.find((attack) => attack.id === id),
      legitimate.find((twin) => twin.id === id),
    ),
  )}</div></details>`;
}

function side(stage: string, attack: AttackResult | undefined, twin: TwinResult | undefined): Html {
  if (!attack) return html`<div class="side"><h3>${stage}</h3><p>Not run.</p></div>`;
  return html`<div class="side"><h3>${stage}</h3>
<p><span class="verdict ${css(attack.verdict)}">${attack.verdict}</span>${attack.layer === "none" ? "" : html` at <b>${attack.layer}</b>`}</p>
<p>${attack.evidence}</p>${stage === "weak" ? "" : chain(attack)}
${attack.exchanges.map(exchange)}
${attack.records.length > 0 ? html`<h4>Records</h4><ul class="records">${attack.records.map(record)}</ul>` : ""}
${attack.traces === undefined ? "" : traces(attack.traces)}
${twin ? html`<h4>Legitimate twin: ${twin.ok ? "served" : "NOT SERVED"}</h4><p>${twin.evidence}</p>${twin.exchanges.map(exchange)}` : ""}</div>`;
}

function exchange({ purpose, via, client, request, response, ms, violations }: ReportExchange): Html {
  return html`<details class="exchange"${purpose === "attack" ? html` open` : ""}><summary><code>${request.method} ${request.path}</code> → <b>${response.status}</b>
<small>${purpose}, ${via}, ${client}, ${Math.round(ms)} ms</small></summary>
<pre>${head(request.headers)}${request.body === "" ? "" : `\n${request.body}\n`}</pre>
<pre>${String(response.status)}\n${head(response.headers)}${response.body === "" ? "" : `\n${response.body}`}</pre>
${violations.length > 0 ? html`<p>The browser refused: ${violations.join("; ")}</p>` : ""}</details>`;
}

function head(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("");
}

function record({ source, text }: LogEntry): Html {
  return html`<li><b>${source}</b> <code>${text}</code></li>`;
}

/** What the attack left behind, or that it left nothing. */
function traces(found: readonly Trace[]): Html {
  if (found.length === 0)
    return html`<h4>Traces</h4><p class="no-trace">No trace: nothing that the stage keeps tells of it.</p>`;
  return html`<h4>Traces</h4><ul class="records">${found.map(
    ({ source, where, event, id, time, count }) =>
      html`<li><b>${source}</b> ${event}${count > 1 ? ` (${count} times)` : ""}<br><small>${time.slice(11, 23)} in <code>${where}</code>${id === undefined ? "" : html`, id <code>${id}</code>`}</small></li>`,
  )}</ul>`;
}
