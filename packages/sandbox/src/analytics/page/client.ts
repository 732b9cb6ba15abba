/** What runs in the page: draws the charts and their tables anew when a choice is made, and says in words what they show. */
import { bars, type Chart, callsOverTime, type Frame, forecastAndActual } from "./charts.ts";
import { barsBy, inWords, type StageCalls, slotsOf, sum } from "./count.ts";
import { type AnalyticsPage, OUTCOMES } from "./data.ts";

const MOST_BARS = 12;
const data = JSON.parse(byId("data").textContent ?? "") as AnalyticsPage;
const all: StageCalls[] = data.stages.flatMap(({ name, calls }) => calls.map((call) => ({ ...call, stage: name })));
const choices = {
  stage: choice("stage"),
  source: choice("source"),
  outcome: choice("outcome"),
  series: choice("series"),
};

/** The bar charts: their place, what they are by, and the calls that they are of. */
const BARS = [
  { id: "by-route", property: "route", kind: "outcome", unit: "Calls", only: undefined },
  { id: "by-principal", property: "principal", kind: "outcome", unit: "Calls", only: undefined },
  { id: "denials", property: "principal", kind: "problem", unit: "Denials", only: "denied" },
  { id: "errors", property: "route", kind: "problem", unit: "Errors", only: "failed" },
  { id: "by-network", property: "network", kind: "outcome", unit: "Calls", only: undefined },
] as const;

const NONE = { denied: "None of these calls was denied.", failed: "None of these calls failed." };

function draw(): void {
  const chosen = all.filter(
    (call) =>
      matches(choices.stage, call.stage) &&
      matches(choices.source, call.source) &&
      matches(choices.outcome, call.outcome),
  );
  byId("said").textContent = said(chosen);
  const width = Math.min(1100, document.documentElement.clientWidth - 48);
  const stages = data.stages
    .filter(({ name }) => matches(choices.stage, name))
    .map(({ name, title }) => ({ name, title: title ?? name }));
  const frame: Frame = { width, stages };
  drawOverTime(chosen, frame);
  for (const each of BARS) drawBars(each, chosen, frame);
  const forecast = data.forecast?.series[choices.series?.value ?? ""];
  if (forecast) byId("forecast-chart").replaceChildren(named(forecastAndActual(forecast, width)));
}

function drawOverTime(chosen: StageCalls[], frame: Frame): void {
  if (chosen.length === 0) {
    nothing("over-time", "No call is of this choice.");
    return;
  }
  const time = slotsOf(chosen);
  const { slots, seconds, unit } = time;
  const rows = slots.map(({ stage, from, kind, calls }) => [stage, rounded(from), kind, String(calls)]);
  const columns = ["stage", `${unit.toLowerCase()} since the first call`, "outcome", `calls in ${inWords(seconds)}`];
  show("over-time", callsOverTime(time, frame), columns, rows);
}

function drawBars({ id, property, kind, unit, only }: (typeof BARS)[number], chosen: StageCalls[], frame: Frame): void {
  const calls = only === undefined ? chosen : chosen.filter(({ outcome }) => outcome === only);
  if (calls.length === 0) {
    nothing(id, only === undefined ? "No call is of this choice." : NONE[only]);
    return;
  }
  const { bars: shown, names, all: count } = barsBy(property, kind, calls, MOST_BARS);
  const rows = shown.map((bar) => [bar.stage, bar.name, bar.kind, String(bar.calls)]);
  const columns = ["stage", property, kind === "outcome" ? "outcome" : "what", unit.toLowerCase()];
  show(id, bars(shown, names, { by: property, unit, kind }, frame), columns, rows);
  if (count > names.length) byId(id).append(paragraph(`The ${names.length} with the most, of ${count}.`));
}

/** The chart, and its numbers for whom a chart does not serve: in a table that can be opened with the keyboard. */
function show(id: string, chart: Chart, columns: string[], rows: string[][]): void {
  const open = byId(id).querySelector("details")?.open ?? false;
  const details = document.createElement("details");
  details.open = open;
  const summary = document.createElement("summary");
  summary.textContent = "As a table";
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", `${byId(`${id}-caption`).textContent}, as a table`);
  const table = document.createElement("table");
  table.append(rowOf("th", columns), ...rows.map((row) => rowOf("td", row)));
  scroll.append(table);
  details.append(summary, scroll);
  byId(id).replaceChildren(named(chart), details);
}

/** An empty chart says so in the words of its own question. */
function nothing(id: string, text: string): void {
  byId(id).replaceChildren(paragraph(text));
}

function paragraph(text: string): HTMLElement {
  const element = document.createElement("p");
  element.className = "nothing";
  element.textContent = text;
  return element;
}

function rowOf(cell: "th" | "td", texts: string[]): HTMLElement {
  const row = document.createElement("tr");
  for (const text of texts) {
    const element = document.createElement(cell);
    element.textContent = text;
    if (cell === "th") element.setAttribute("scope", "col");
    if (cell === "td" && /^\d+$/.test(text)) element.className = "number";
    row.append(element);
  }
  return row;
}

/** A chart is one picture to a screen reader, with a name; its numbers are in its table. */
function named(chart: Chart): Chart {
  const drawing = chart.matches("svg") ? chart : chart.querySelector("svg[aria-label]");
  drawing?.setAttribute("role", "img");
  return chart;
}

function said(calls: StageCalls[]): string {
  const stages = [...new Set(calls.map(({ stage }) => stage))];
  const sentences = stages.map((stage) => {
    const of = calls.filter((call) => call.stage === stage);
    const counted = OUTCOMES.map((outcome) => `${sum(of.filter((call) => call.outcome === outcome))} ${outcome}`);
    return `${stage}: ${counted.join(", ")}.`;
  });
  return sentences.length === 0 ? "No call is of this choice." : sentences.join(" ");
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

function matches(select: HTMLSelectElement | undefined, value: string): boolean {
  return select === undefined || select.value === "" || select.value === value;
}

function choice(id: string): HTMLSelectElement | undefined {
  const select = document.getElementById(id);
  if (!(select instanceof HTMLSelectElement)) return undefined;
  select.addEventListener("change", draw);
  return select;
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`the page has no element ${id}`);
  return element;
}

let drawing = 0;
addEventListener("resize", () => {
  cancelAnimationFrame(drawing);
  drawing = requestAnimationFrame(draw);
});
draw();
