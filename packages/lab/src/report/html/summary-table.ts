import { type Html, html } from "@palisade/functions/src/shared/defences/html-encoding";
import { detectionText } from "../../detection.ts";
import type { AttackResult, StageResult } from "../json.ts";
import { css } from "./layers-picture.ts";

/** A row per attack: what it is, the section of the paper, its verdict on each stage, and its chain of defences on the hardened one. */
export function summaryTable(stages: readonly StageResult[], ids: readonly string[]): Html {
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">attack</th><th scope="col">paper</th><th scope="col">OWASP</th>${stages.map(({ stage }) => html`<th scope="col">${stage}</th>`)}<th scope="col">defences, outermost first</th></tr></thead>
<tbody>${ids.map((id) => row(stages, id))}${detectionRow(stages)}</tbody></table></div>`;
}

function row(stages: readonly StageResult[], id: string): Html {
  const results = stages.map(({ attacks }) => attacks.find((attack) => attack.id === id));
  const any = results.find((result) => result !== undefined);
  const hardened = results.findLast((result, index) => result !== undefined && stages[index]?.stage !== "weak");
  return html`<tr><th scope="row"><a href="#${id}">${any?.title ?? id}</a></th><td>${any?.paper ?? ""}</td><td>${any?.owasp.join(", ") ?? ""}</td>
${results.map((result) => html`<td><span class="verdict ${css(result?.verdict ?? "not-run")}">${result?.verdict ?? "not run"}</span></td>`)}
<td>${hardened ? chain(hardened) : ""}</td></tr>`;
}

/** Who was told of the call to a listed address. */
function detectionRow(stages: readonly StageResult[]): Html {
  const any = stages.find(({ detection }) => detection !== undefined)?.detection;
  if (any === undefined) return html``;
  return html`<tr><th scope="row"><a href="#detection">${any.title}</a></th><td>${any.paper}</td><td></td>
${stages.map(({ detection }) => html`<td><span class="verdict ${detection?.outcome === "mail" ? "blocked" : "exploited"}">${detection === undefined ? "not run" : detectionText(detection)}</span></td>`)}
<td>detection</td></tr>`;
}

/** The defences against an attack as a chain, the one that stopped it filled. */
export function chain({ defences, defence }: AttackResult): Html {
  return html`<ol class="chain">${defences.map((id) => html`<li class="${id === defence ? "held" : "stands"}">${id}</li>`)}</ol>`;
}
