import type { Attack } from "../attack.ts";
import type { DefenceId } from "../defences.ts";
import type { RunningStage } from "../stage.ts";

/** Puts a defence back. */
export type Restore = () => Promise<void>;

/** How the lab takes a defence away from a running stage that was deployed with it. Product code has no off-switch. */
export interface Removal {
  readonly id: DefenceId;
  /** Whether it takes effect only in a process of the target that starts afterwards: a module must be replaced along with it. */
  readonly needsNewProcess?: boolean;
  /**
   * Takes the defence away where the attack meets it: from the attack's operation, function or database user, so that the rest
   * of the stage stays as it was deployed.
   *
   * @throws Error when the defence is not there: a removal without effect would prove nothing
   */
  remove(stage: RunningStage, attack: Pick<Attack, "operation" | "target">): Promise<Restore>;
}
