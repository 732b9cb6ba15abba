import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { encodeJson, type Html, html, trusted } from "@palisade/functions/src/shared/defences/html-encoding";
import { build } from "esbuild";
import type { AnswerRow } from "../athena.ts";
import { type Glance, glanceAt } from "./count.ts";
import { type AnalyticsPage, API, NOBODY, OUTCOMES, type PageStage } from "./data.ts";
import { STYLE } from "./style.ts";

const CLIENT = fileURLToPath(new URL("client.ts", import.meta.url));
const MOST_ROWS = 50;
/** What the sources are to a reader. */
const SOURCES: Record<string, string> = {
  [API]: "API calls (access log)",
  cloudtrail: "AWS calls (CloudTrail)",
  "database-audit": "database (audit log)",
  waf: "firewall (WAF log)",
};

/**
 * The page as one HTML file: its own script and no other (Content-Security-Policy with a hash), no request to anywhere, light and dark by the reader's
 * setting. Everything that came from a record is encoded: records hold what attackers wrote.
 */
export async function renderAnalyticsPage(page: AnalyticsPage): Promise<string> {
  const script = await clientScript();
  const hash = createHash("sha256").update(script).digest("base64");
  const sources = [...new Set(page.stages.flatMap(({ counts }) => Object.keys(counts)))].sort();
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'">
<title>Palisade analytics</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#main">To the charts</a>
<header>
<h1>Palisade analytics</h1>
<p>Calls of ${page.stages.map(({ name }) => name).join(" and ")}, cleaned by the pipeline's own job and asked with its own queries. Made at ${page.madeAt.slice(0, 19).replace("T", " ")} UTC.</p>
${page.stages.map(({ name, note }) => (note === undefined ? html`` : html`<p class="note"><strong>${name}</strong> ${note}</p>`))}
<p class="note">A principal is the id that the user pool knows a person or a machine by; an e-mail address in an id is dropped or a pseudonym. An address is its network (IPv4 /24, IPv6 /48).</p>
</header>
<main id="main">
<section aria-labelledby="glance"><h2 id="glance">The API at a glance</h2>
${glanceTable(page.stages)}
</section>
<section aria-labelledby="calls"><h2 id="calls">Who called what, and what became of it</h2>
<form class="choices" aria-label="What the charts show">
${select(
  "stage",
  "Stage",
  "all stages",
  page.stages.map(({ name }) => name),
)}
${select("source", "Source", "all sources", sources, sources.includes(API) ? API : undefined)}
${select("outcome", "Outcome", "all outcomes", [...OUTCOMES])}
</form>
<p id="said" role="status"></p>
${figure("over-time", "Calls over time", "Both stages from their own first call on: before and after lie beside each other.")}
${figure("by-route", "Calls by route or operation", "Variables of a path in braces; a call of no operation has no route.")}
${figure("by-principal", "Calls by principal", `Who called; ${NOBODY} where no authorizer named a caller.`)}
${figure("denials", "Denials by principal", "Who was refused, and by what: an error code of the gateway or AWS, or the function itself.")}
${figure("errors", "Errors by route", "Calls that failed and were not denied: the client's errors, and the server's.")}
${figure("by-network", "Calls by network", "Where callers were. The lab's clients are all on this machine, at addresses of their own.")}
</section>
${forecastSection(page)}
<section aria-labelledby="counted"><h2 id="counted">What became of the records</h2>
<p>Records in are clean, duplicates and quarantined together: the job stops where they are not.</p>
${countsTable(page.stages)}
</section>
<section aria-labelledby="asked"><h2 id="asked">Questions and answers</h2>
${page.stages.map((stage) => answers(stage, page.titles))}
</section>
</main>
<noscript><p>The charts need JavaScript; the tables do not.</p></noscript>
<script type="application/json" id="data">${encodeJson(page)}</script>
<script>${trusted(script)}</script>
</body>
</html>
`.toString();
}

async function clientScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [CLIENT],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "inline",
    write: false,
    logLevel: "silent",
  });
  // A script element ends at the first `</script`, wherever in the code it is.
  return (outputFiles[0]?.text ?? "").replaceAll("</script", "<\\/script");
}

function select(id: string, label: string, none: string, values: string[], first?: string): Html {
  const options = values.map(
    (value) =>
      html`<option value="${value}"${value === first ? trusted(" selected") : ""}>${SOURCES[value] ?? value}</option>`,
  );
  return html`<label for="${id}">${label} <select id="${id}"><option value="">${none}</option>${options}</select></label>`;
}

function figure(id: string, caption: string, more: string): Html {
  return html`<figure aria-labelledby="${id}-caption" aria-describedby="${id}-more"><figcaption><span id="${id}-caption">${caption}</span> <small id="${id}-more">${more}</small></figcaption><div id="${id}" class="chart"></div></figure>`;
}

function forecastSection({ forecast }: AnalyticsPage): Html {
  const names = Object.keys(forecast?.series ?? {});
  if (forecast === undefined || names.length === 0) return html``;
  return html`<section aria-labelledby="forecast"><h2 id="forecast">Forecast and actual</h2>
<p>${forecast.history} The first day is forecast by a model that has not seen it.</p>
<form class="choices" aria-label="Which forecast is shown"><label for="series">Series <select id="series">${names.map((name) => html`<option>${name}</option>`)}</select></label></form>
${figure("forecast-chart", "Calls an hour, and what was forecast a day before", "Solid: what came. Dashed: the forecast, for the day that came and the next.")}
</section>
`;
}

/** Each stage a column, so that before and after are read across. */
function glanceTable(stages: readonly PageStage[]): Html {
  const seen = stages.map(glanceAt);
  const lines: [string, (of: Glance) => string][] = [
    ["API calls", ({ calls }) => String(calls)],
    ["served", ({ byOutcome, calls }) => share(byOutcome.served, calls)],
    ["denied", ({ byOutcome, calls }) => share(byOutcome.denied, calls)],
    ["failed", ({ byOutcome, calls }) => share(byOutcome.failed, calls)],
    ["ended by the firewall", ({ firewall }) => (firewall === undefined ? "no firewall log" : String(firewall))],
    ["callers with a name", ({ principals }) => String(principals)],
    ["calls by nobody", ({ nameless, calls }) => share(nameless, calls)],
    ["denials of a caller with a name", ({ namedDenials, byOutcome }) => share(namedDenials, byOutcome.denied)],
    ["networks", ({ networks }) => String(networks)],
  ];
  return table(
    "The API at a glance",
    ["", ...stages.map(({ name, title }) => title ?? name)],
    lines.map(([label, of]) => [label, ...seen.map(of)]),
  );
}

function share(part: number, whole: number): string {
  return whole === 0 ? "0" : `${part} (${Math.round((100 * part) / whole)} %)`;
}

function countsTable(stages: readonly PageStage[]): Html {
  const rows = stages.flatMap(({ name, counts }) =>
    Object.entries(counts).map(([source, of]) => ({ name, source, of })),
  );
  return table(
    "Records by stage and source",
    ["stage", "source", "records in", "clean", "duplicates", "quarantined"],
    rows.map(({ name, source, of }) => [name, source, of.records, of.clean, of.duplicates, of.quarantined].map(String)),
  );
}

function answers({ name, title, answers: answered }: PageStage, titles: Record<string, string>): Html {
  const parts = Object.entries(answered).map(([key, rows]) => {
    const more = rows.length > MOST_ROWS ? html`<p>The first ${MOST_ROWS} of ${rows.length} rows.</p>` : html``;
    return html`<details><summary>${titles[key] ?? key} <small>${rows.length} ${rows.length === 1 ? "row" : "rows"}</small></summary>${answerTable(`${titles[key] ?? key}, ${name}`, rows)}${more}</details>`;
  });
  return html`<h3>${title ?? name}</h3>${parts.length === 0 ? html`<p class="nothing">Nothing was asked.</p>` : parts}`;
}

function answerTable(label: string, rows: AnswerRow[]): Html {
  if (rows.length === 0) return html`<p class="nothing">No row: nothing of the kind was recorded.</p>`;
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.slice(0, MOST_ROWS).map((row) => columns.map((column) => row[column] ?? "–"));
  return table(label, columns, cells);
}

const NUMBER = /^\d+(\.\d+)?( \(\d+ %\))?$/;

// It can be scrolled with the keyboard: a region that takes the focus.
function table(label: string, columns: string[], rows: string[][]): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table><thead><tr>${columns.map((column) => html`<th scope="col">${column.replaceAll("_", " ")}</th>`)}</tr></thead><tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td${trusted(NUMBER.test(cell) ? ' class="number"' : "")}>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}
