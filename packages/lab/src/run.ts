import type { Attack } from "./attack.ts";
import { attackContext, type LabTools, type StagePeople } from "./context.ts";
import { messageOf } from "./errors.ts";
import { type Exchange, served } from "./exchange.ts";
import { readRecords } from "./logs.ts";
import { observe } from "./observe.ts";
import { reportExchanges, reportRecords } from "./report/exchanges.ts";
import type { AttackResult, StageResult, TwinResult } from "./report/json.ts";
import { seed } from "./seed.ts";
import type { RunningStage } from "./stage.ts";
import { type AttackSpan, collectTraces } from "./traces.ts";
import { failed, type Judgement, judge, notRun } from "./verdict.ts";

/** What a run tells while it goes on. */
export interface RunEvents {
  /** An attack and its twin are done. */
  onAttack?(result: AttackResult, twin: TwinResult): void;
}

/** Attacks a stage, one attack after the other: the lab is its only client, and each starts from the same rows. */
export async function attackStage(
  stage: RunningStage,
  tools: LabTools,
  people: StagePeople,
  attacks: readonly Attack[],
  events: RunEvents = {},
): Promise<StageResult> {
  const started = Date.now();
  const results: AttackResult[] = [];
  const legitimate: TwinResult[] = [];
  const spans: AttackSpan[] = [];
  const collector = collectTraces(stage);
  // What was before is none of the attacks'.
  await collector?.collect();
  for (const [index, attack] of attacks.entries()) {
    const from = Date.now();
    const result = await runAttack(stage, tools, people, attack);
    spans.push({ from, to: Date.now(), requestIds: requestIdsOf(result), records: result.records });
    const twin = await runTwin(stage, tools, people, attack);
    results.push(result);
    legitimate.push(twin);
    events.onAttack?.(result, twin);
    if (index % COLLECT_EVERY === COLLECT_EVERY - 1) await collector?.collect();
  }
  const traces = await collector?.traces(spans);
  return {
    stage: stage.stage,
    provisionMs: stage.provisionMs,
    attackMs: Date.now() - started,
    resources: stage.resources,
    declaredTypes: stage.declaredTypes,
    attacks:
      traces === undefined ? results : results.map((result, index) => ({ ...result, traces: traces[index] ?? [] })),
    legitimate,
  };
}

/** Attacks after which the audit trail is delivered: the emulator remembers the last 20,000 calls. */
const COLLECT_EVERY = 15;

/** API Gateway's ids of the attack's own requests. */
function requestIdsOf({ exchanges }: AttackResult): Set<string> {
  return new Set(
    exchanges.flatMap(({ purpose, response }) => {
      const id = response.headers["x-amzn-requestid"];
      return purpose === "attack" && id !== undefined ? [id] : [];
    }),
  );
}

/** Runs one attack and judges it. An error of the lab is a verdict too, so that one broken attack does not hide the others. */
export async function runAttack(
  stage: RunningStage,
  tools: LabTools,
  people: StagePeople,
  attack: Attack,
): Promise<AttackResult> {
  const started = Date.now();
  const kept: Exchange[] = [];
  const { judgement, records } = await carryOut(stage, tools, people, attack, kept);
  return {
    id: attack.id,
    title: attack.title,
    owasp: attack.owasp,
    paper: attack.paper,
    defences: attack.defences,
    ...(attack.unread === undefined ? {} : { unread: attack.unread }),
    ...judgement,
    exchanges: reportExchanges(kept),
    records: reportRecords(records),
    ms: Date.now() - started,
  };
}

/** Why an attack cannot be run on this machine, or undefined where it can. */
export function missingFor({ needs }: Pick<Attack, "needs">, { chromium, noAddresses }: LabTools): string | undefined {
  if (needs === "addresses") return noAddresses;
  return needs === "browser" && "reason" in chromium ? chromium.reason : undefined;
}

async function carryOut(
  stage: RunningStage,
  tools: LabTools,
  people: StagePeople,
  attack: Attack,
  kept: Exchange[],
): Promise<{ judgement: Judgement; records: Awaited<ReturnType<typeof readRecords>> }> {
  const missing = missingFor(attack, tools);
  if (missing !== undefined) return { judgement: notRun(missing), records: [] };
  try {
    await seed(stage.database);
    stage.flushCache();
    const outcome = await attack.run(attackContext(stage, tools, people, kept));
    const records = await readRecords(stage, attack.target, kept, !outcome.effect);
    const { defences } = attack;
    const sent = kept.filter(({ purpose }) => purpose === "attack");
    const unread = sent.every(served) ? attack.unread : undefined;
    return { judgement: judge(outcome, observe(kept, records, defences), defences, unread), records };
  } catch (error) {
    return { judgement: failed(messageOf(error)), records: [] };
  }
}

async function runTwin(stage: RunningStage, tools: LabTools, people: StagePeople, attack: Attack): Promise<TwinResult> {
  const kept: Exchange[] = [];
  try {
    await seed(stage.database);
    stage.flushCache();
    const outcome = await attack.twin(attackContext(stage, tools, people, kept));
    return { id: attack.id, ...outcome, exchanges: reportExchanges(kept) };
  } catch (error) {
    return { id: attack.id, ok: false, evidence: messageOf(error), exchanges: reportExchanges(kept) };
  }
}
