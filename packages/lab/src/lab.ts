import type { Attack } from "./attack.ts";
import { ATTACKS } from "./attacks/index.ts";
import { Closers } from "./closers.ts";
import type { LabTools, StagePeople } from "./context.ts";
import { DETECTION_ID, detect, detectionText } from "./detection.ts";
import { type PeelStep, peelDefences } from "./peel.ts";
import { refreshPeople } from "./people.ts";
import { removeFirewall } from "./removals/edge-firewall.ts";
import type { AttackResult, LabResult, StageResult, TwinResult } from "./report/json.ts";
import { attackStage, missingFor } from "./run.ts";
import { startStage } from "./session.ts";
import { type RunningStage, STAGES } from "./stage.ts";
import { startTools } from "./tools.ts";
import { WITHOUT_EDGE } from "./verdict.ts";
import { walkPage } from "./walk.ts";

/** A line of progress for the person at the terminal. */
export type OnProgress = (line: string) => void;

/** The attacks of these ids, or all when none is named. */
export function chosenAttacks(only: readonly string[]): readonly Attack[] {
  return only.length === 0 ? ATTACKS : ATTACKS.filter(({ id }) => only.includes(id));
}

/** Stands up each stage in turn and attacks it. */
export async function runLab(only: readonly string[], closers: Closers, onProgress: OnProgress): Promise<LabResult> {
  const started = new Date();
  onProgress("starting the attacker's server and browser");
  const tools = await startTools(closers);
  if ("reason" in tools.chromium) onProgress(`${tools.chromium.reason}; attacks that need a browser are not run`);
  const stages: StageResult[] = [];
  for (const name of STAGES) {
    // A stage is closed before the next one starts: two databases and two emulators at once are more than a laptop needs.
    const own = new Closers();
    closers.add(() => own.closeAll());
    const { stage, people } = await startStage(name, own, onProgress);
    stages.push(await attackWithProgress(stage, tools, people, chosenAttacks(only), onProgress, detects(only)));
    await own.closeAll();
  }
  return { startedAt: started.toISOString(), ms: Date.now() - started.getTime(), stages };
}

/** Attacks prod as it is deployed, and again with its firewall taken away: what the edge alone stops, and what the layers behind it do. */
export async function runWithoutEdge(
  only: readonly string[],
  closers: Closers,
  onProgress: OnProgress,
): Promise<LabResult> {
  const started = new Date();
  const tools = await startTools(closers);
  if ("reason" in tools.chromium) onProgress(`${tools.chromium.reason}; attacks that need a browser are not run`);
  const { stage, people } = await startStage("prod", closers, onProgress);
  const stages = await withAndWithoutEdge(stage, tools, people, chosenAttacks(only), onProgress);
  return { startedAt: started.toISOString(), ms: Date.now() - started.getTime(), stages };
}

/** The two runs on a stage that stands; the firewall is back afterwards. */
export async function withAndWithoutEdge(
  stage: RunningStage,
  tools: LabTools,
  people: StagePeople,
  attacks: readonly Attack[],
  onProgress: OnProgress,
): Promise<StageResult[]> {
  const whole = await attackWithProgress(stage, tools, people, attacks, onProgress);
  const restore = await removeFirewall(stage);
  try {
    const open = { ...stage, stage: WITHOUT_EDGE };
    return [whole, await attackWithProgress(open, tools, await refreshPeople(stage, people), attacks, onProgress)];
  } finally {
    await restore();
  }
}

/** Whether the call to a listed address belongs to a run of these ids. */
export function detects(only: readonly string[]): boolean {
  return only.length === 0 || only.includes(DETECTION_ID);
}

/** Attacks a stage and tells of each attack. */
export async function attackWithProgress(
  stage: RunningStage,
  tools: LabTools,
  people: StagePeople,
  attacks: readonly Attack[],
  onProgress: OnProgress,
  withDetection = false,
): Promise<StageResult> {
  let done = 0;
  const result = await attackStage(stage, tools, people, attacks, {
    onAttack: (result, twin) => {
      done += 1;
      onProgress(`${stage.stage}: [${done}/${attacks.length}] ${attackLine(result, twin)}`);
    },
  });
  const detection = withDetection ? await detect(stage) : undefined;
  if (detection !== undefined) onProgress(`${stage.stage}: ${DETECTION_ID}: ${detectionText(detection)}`);
  // A person's way through the page belongs to the whole of the lab, not to an attack of it.
  const walked =
    attacks.length === ATTACKS.length ? await walkPage(stage, people.users.alice, tools.chromium) : undefined;
  if (walked !== undefined) {
    onProgress(`${stage.stage}: ${walked.id}: ${walked.ok ? "served" : `NOT served: ${walked.evidence}`}`);
  }
  return {
    ...result,
    ...(detection === undefined ? {} : { detection }),
    legitimate: walked === undefined ? result.legitimate : [...result.legitimate, walked],
  };
}

/** One attack in a line: its verdict, what held, and its twin where that failed. */
export function attackLine({ id, verdict, defence, layer }: AttackResult, twin: Pick<TwinResult, "ok">): string {
  const by = layer === "none" ? ": nothing reads it" : ` by ${defence ?? layer}`;
  const held = verdict === "blocked" ? by : "";
  return `${id}: ${verdict}${held}${twin.ok ? "" : ", and its legitimate twin was NOT served"}`;
}

/** Takes prod's defences away, attack by attack. */
export async function runLayers(
  only: readonly string[],
  closers: Closers,
  onProgress: OnProgress,
): Promise<PeelStep[]> {
  const tools = await startTools(closers);
  const { stage, people } = await startStage("prod", closers, onProgress);
  const steps: PeelStep[] = [];
  for (const attack of chosenAttacks(only)) {
    const missing = missingFor(attack, tools);
    if (missing !== undefined) {
      onProgress(`${attack.id}: not run: ${missing}`);
      continue;
    }
    for (const step of await peelDefences(stage, tools, people, attack)) {
      onProgress(layerLine(step));
      steps.push(step);
    }
  }
  return steps;
}

const HOLDS: Readonly<Record<string, string>> = { none: "exploited", unread: "served, and nothing reads it" };

/** One step in a line. */
export function layerLine({ attack, removed, expected, observed, ok }: PeelStep): string {
  const without = removed.length === 0 ? "as deployed" : `without ${removed.join(", ")}`;
  const holds = HOLDS[observed] ?? `held by ${observed}`;
  return `${ok ? "ok  " : "FAIL"} ${attack} ${without}: ${holds}${ok ? "" : `, expected ${expected}`}`;
}
