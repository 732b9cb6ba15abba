import type { AttackContext, TwinOutcome } from "../../attack.ts";
import type { SinkHit } from "../../sink.ts";
import type { UserName } from "../../users.ts";
import { receiptPath, twin } from "./requests.ts";

/** Milliseconds that a script gets to reach the sink after the page has loaded. */
export const SCRIPT_TIMEOUT_MS = 400;

/** What the script brought home: that it ran is the effect, the cookie is what it was after. */
export function stolen(victim: string, hit: SinkHit): string {
  const cookie = hit.query.includes("__Host-session=");
  return `the script ran in ${victim}'s browser and ${cookie ? "sent her session cookie" : "reached the attacker (no cookie)"}`;
}

/** A person opens the receipt of acme's order, and it says what she came for. */
export async function receiptTwin(
  context: AttackContext,
  client: UserName,
  query: Readonly<Record<string, string>>,
  expected: string,
): Promise<TwinOutcome> {
  const headers = await context.session(client);
  const path = receiptPath(context.seed.acme.orderId, query);
  const answer = await context.send({ client, method: "GET", path, headers }, "twin");
  return twin(answer, answer.response.body.includes(expected), `${client} opens the receipt of acme's order`);
}
