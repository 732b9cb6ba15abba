import type { AttackContext, Outcome } from "../../attack.ts";
import { field, type LabRequest, summary } from "../../exchange.ts";
import { SCRIPT_TIMEOUT_MS, stolen } from "./receipt.ts";
import { receiptPath } from "./requests.ts";

/**
 * Stores a script in an order, which the administrator then opens. Both requests are the attack's: a stage may refuse the one or
 * make the other harmless.
 *
 * @param place the order whose note tells the attacker's server the token
 */
export async function storedScript(context: AttackContext, place: (token: string) => LabRequest): Promise<Outcome> {
  const token = context.sink.token();
  const placed = await context.send(place(token));
  const id = field(placed, "id");
  if (typeof id !== "string") return { effect: false, evidence: summary(placed) };
  const page = await context.open({ client: "carol", path: receiptPath(id) });
  const hit = await context.sink.waitFor(token, SCRIPT_TIMEOUT_MS);
  return { effect: hit !== undefined, evidence: hit ? stolen("carol", hit) : summary(page) };
}
