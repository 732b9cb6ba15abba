import type { Attack } from "../attack.ts";
import type { DefenceId } from "../defences.ts";
import type { RunningStage } from "../stage.ts";
import { databaseColumn } from "./database-column.ts";
import { databaseGrants } from "./database-grants.ts";
import { databaseTokenAge } from "./database-token-age.ts";
import { EDGE_REMOVALS } from "./edge-rule.ts";
import { codeSigning } from "./function-code-signing.ts";
import { gatewayAuthorizer } from "./gateway-authorizer.ts";
import { gatewayDefaultEndpoint } from "./gateway-default-endpoint.ts";
import { gatewayModel } from "./gateway-model.ts";
import { gatewayResponseCache } from "./gateway-response-cache.ts";
import { iamInvokePermission } from "./iam-invoke-permission.ts";
import { iamRole } from "./iam-role.ts";
import { teamAccess } from "./iam-team-access.ts";
import { moduleOf, replaceModules } from "./modules.ts";
import { permissionsOrder } from "./permissions-order.ts";
import type { Removal, Restore } from "./removal.ts";

/** The defences that are settings of AWS or of the database; all others are modules (`modules.ts`). */
export const SETTINGS: readonly Removal[] = [
  ...EDGE_REMOVALS,
  gatewayDefaultEndpoint,
  gatewayAuthorizer,
  gatewayModel,
  gatewayResponseCache,
  iamInvokePermission,
  teamAccess,
  codeSigning,
  iamRole,
  permissionsOrder,
  databaseTokenAge,
  databaseGrants,
  databaseColumn,
];

/**
 * Takes defences away from a running stage where an attack meets them. When one cannot be taken away, those that were are put
 * back before the error is thrown.
 *
 * @returns puts everything back, in the reverse order
 */
export async function removeDefences(
  stage: RunningStage,
  attack: Pick<Attack, "operation" | "target">,
  ids: readonly DefenceId[],
): Promise<Restore> {
  const restores: Restore[] = [];
  const restore = async (): Promise<void> => {
    for (const undo of restores.splice(0).toReversed()) await undo();
  };
  try {
    const byFunction = modulesByFunction(attack.target, ids);
    for (const [target, modules] of byFunction) {
      restores.push(await replaceModules(stage, target, modules));
    }
    for (const id of ids.filter((one) => moduleOf(one) === undefined)) {
      const removal = SETTINGS.find((one) => one.id === id);
      if (!removal) throw new Error(`the lab has no way to remove ${id}`);
      if (removal.needsNewProcess && !byFunction.has(attack.target)) {
        throw new Error(`${id} can only be removed along with a module of ${attack.target}, whose process starts anew`);
      }
      restores.push(await removal.remove(stage, attack));
    }
  } catch (error) {
    await restore();
    throw error;
  }
  return restore;
}

/** What is at work where a session begins or goes on, whatever function the attack meets afterwards. */
const OF_SESSION: ReadonlySet<DefenceId> = new Set([
  "function:session-cookie",
  "function:fresh-session",
  "function:refresh-reuse",
]);

/** The functions that ask Verified Permissions about an order, beside the authorizer, which asks about operations. */
const ASKING: ReadonlySet<string> = new Set(["orders", "receipt", "admin"]);

/**
 * The modules to replace, by the function they are in: the authorizer's, the session's, the others in the target. Whoever asks Verified
 * Permissions has it look at the token, the authorizer and the target both.
 */
export function modulesByFunction(target: string, ids: readonly DefenceId[]): Map<string, DefenceId[]> {
  const byFunction = new Map<string, DefenceId[]>();
  for (const id of ids.filter((one) => moduleOf(one) !== undefined)) {
    for (const name of functionsWith(id, target)) byFunction.set(name, [...(byFunction.get(name) ?? []), id]);
  }
  return byFunction;
}

function functionsWith(id: DefenceId, target: string): string[] {
  if (id === "permissions:verified-token") return ["authorizer", ...(ASKING.has(target) ? [target] : [])];
  if (id.startsWith("authorizer:")) return ["authorizer"];
  return [OF_SESSION.has(id) ? "session" : target];
}
