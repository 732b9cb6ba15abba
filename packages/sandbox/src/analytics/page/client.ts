/** What runs in the page: draws the charts anew when a choice is made, and says in words what they show. */
import { type Chart, callsBy, callsOverTime, forecastAndActual, type StageCalls } from "./charts.ts";
import { type AnalyticsPage, OUTCOMES } from "./data.ts";

const data = JSON.parse(byId("data").textContent ?? "") as AnalyticsPage;
const all: StageCalls[] = data.stages.flatMap(({ name, calls }) => calls.map((call) => ({ ...call, stage: name })));
const choices = {
  stage: choice("stage"),
  source: choice("source"),
  outcome: choice("outcome"),
  series: choice("series"),
};

function draw(): void {
  const chosen = all.filter(
    (call) =>
      matches(choices.stage, call.stage) &&
      matches(choices.source, call.source) &&
      matches(choices.outcome, call.outcome),
  );
  byId("said").textContent = inWords(chosen);
  const width = Math.min(1100, document.documentElement.clientWidth - 48);
  put("over-time", chosen, () => callsOverTime(chosen, width));
  put("by-route", chosen, () => callsBy("route", chosen, width));
  put("by-principal", chosen, () => callsBy("principal", chosen, width));
  const forecast = data.forecast?.series[choices.series?.value ?? ""];
  if (forecast) put("forecast-chart", forecast.forecast, () => forecastAndActual(forecast, width));
}

function put(id: string, shown: readonly unknown[], chart: () => Chart): void {
  const place = byId(id);
  if (shown.length > 0) place.replaceChildren(chart());
  else place.textContent = "No call is of this choice.";
}

function inWords(calls: StageCalls[]): string {
  const stages = [...new Set(calls.map(({ stage }) => stage))];
  const sentences = stages.map((stage) => {
    const counted = OUTCOMES.map((outcome) => `${count(calls, stage, outcome)} ${outcome}`);
    return `${stage}: ${counted.join(", ")}.`;
  });
  return sentences.length === 0 ? "No call is of this choice." : sentences.join(" ");
}

function count(calls: StageCalls[], stage: string, outcome: string): number {
  return calls
    .filter((call) => call.stage === stage && call.outcome === outcome)
    .reduce((sum, call) => sum + call.calls, 0);
}

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
