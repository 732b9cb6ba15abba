import { type Html, html } from "@palisade/functions/src/shared/defences/html-encoding";
import type { DetectionResult } from "../../detection.ts";
import type { StageResult } from "../json.ts";

/** From a function's call to a person's mailbox, the stages side by side. */
export function detectionSection(stages: readonly StageResult[]): Html {
  if (stages.every(({ detection }) => detection === undefined)) return html``;
  return html`<section aria-labelledby="detection"><h2 id="detection">From a call to a mailbox</h2>
<div class="sides">${stages.map(({ stage, detection }) => (detection === undefined ? html`` : side(stage, detection)))}</div>
</section>
`;
}

function side(stage: string, { evidence, call, finding, mail }: DetectionResult): Html {
  return html`<div class="side"><h3>${stage}</h3><p>${evidence}.</p>
<ol class="records">${call ? html`<li><b>call</b> ${call.time.slice(11, 23)} ${call.functionName} to <code>${call.address}</code></li>` : ""}
${finding ? html`<li><b>finding</b> ${finding.type}, severity ${finding.severity}, id <code>${finding.id}</code></li>` : html`<li>no finding</li>`}
${mail ? html`<li><b>mail</b> ${mail.time.slice(11, 23)} to ${mail.to}: ${mail.subject}</li>` : html`<li>no mail</li>`}</ol>
${mail ? html`<pre>${mail.text}</pre>` : ""}</div>`;
}
