import type { Attack } from "./attack.ts";
import type { LabTools, StagePeople } from "./context.ts";
import type { DefenceId } from "./defences.ts";
import { refreshPeople } from "./people.ts";
import { removeDefences } from "./removals/index.ts";
import type { AttackResult } from "./report/json.ts";
import { runAttack } from "./run.ts";
import type { RunningStage } from "./stage.ts";

/** What an attack met when some of the defences that it lists were gone. */
export interface PeelStep {
  readonly attack: string;
  /** Taken away, outermost first. */
  readonly removed: readonly DefenceId[];
  /** The defence that must hold now; when all are gone `none`, or `unread` where nothing reads what the attack carries. */
  readonly expected: DefenceId | "none" | "unread";
  /** The defence that held by the run's records; `none` when the attack succeeded, `unread` when it was served without effect. */
  readonly observed: string;
  readonly ok: boolean;
  readonly result: AttackResult;
}

/**
 * Takes an attack's defences away one after the other, outermost first, and attacks each time. The claim that an attack makes by
 * `defences` holds when each step meets the next defence, and the last step, with nothing left, succeeds: then no defence is listed
 * that does not hold, and none holds that is not listed.
 */
export async function peelDefences(
  stage: RunningStage,
  tools: LabTools,
  people: StagePeople,
  attack: Attack,
): Promise<PeelStep[]> {
  const steps: PeelStep[] = [];
  for (let count = 0; count <= attack.defences.length; count += 1) {
    const removed = attack.defences.slice(0, count);
    const restore = await removeDefences(stage, attack, removed);
    try {
      // New tokens: the gateway's cache would answer for the authorizer that is no longer the same.
      const result = await runAttack(stage, tools, await refreshPeople(stage, people), attack);
      steps.push(peelStep(attack, removed, result));
    } finally {
      await restore();
    }
  }
  return steps;
}

/** Compares what an attack met with what it claims. */
export function peelStep(
  attack: Pick<Attack, "id" | "defences" | "unread">,
  removed: readonly DefenceId[],
  result: AttackResult,
): PeelStep {
  const expected = attack.defences[removed.length] ?? (attack.unread === undefined ? "none" : "unread");
  const observed = observedIn(result);
  return { attack: attack.id, removed, expected, observed, ok: observed === expected, result };
}

function observedIn({ verdict, defence, layer, evidence }: AttackResult): string {
  if (verdict === "exploited") return "none";
  if (verdict === "blocked") return defence ?? (layer === "none" ? "unread" : layer);
  return `${verdict}: ${evidence}`;
}
