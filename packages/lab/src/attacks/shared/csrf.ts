import type { AttackContext, Outcome, TwinOutcome } from "../../attack.ts";
import { field, served, summary } from "../../exchange.ts";
import { get, JSON_BODY, order, twin } from "./requests.ts";

const PATH = "/page/orders";

/**
 * A page that has the browser of whoever visits it place an order, by a form: the one way to send a body elsewhere without asking first. A form's
 * only plain encoding leaves `=` in the text.
 *
 * @param where on a host of the same site, or of another
 */
export async function forgedOrder(context: AttackContext, where: "same site" | "other site"): Promise<Outcome> {
  const token = context.sink.token();
  const start = JSON.stringify({ lines: [{ sku: "MUG-1", quantity: 7 }], note: "" }).replace(/"}$/, "");
  const html =
    `<form method="post" enctype="text/plain" action="${context.edgeUrl}${PATH}">` +
    `<input name="${start.replaceAll('"', "&quot;")}" value="${token}&quot;}"></form>` +
    "<script>document.forms[0].submit()</script>";
  const sameSite = where === "same site";
  const visited = await context.lure({ client: "alice", method: "POST", path: PATH, html, sameSite });
  const id = field(visited, "id");
  if (!served(visited) || typeof id !== "string") return { effect: false, evidence: summary(visited) };
  const placed = await context.send(get(context, "alice", `/orders/${id}`), "proof");
  const effect = String(field(placed, "note")).includes(token);
  return { effect, evidence: effect ? "alice visited a page, and has ordered seven mugs" : summary(visited) };
}

/** The twin: alice orders on the page itself. */
export async function pageOrderTwin(context: AttackContext): Promise<TwinOutcome> {
  const headers = { ...(await context.session("alice")), ...JSON_BODY };
  const body = JSON.stringify(order(2));
  const answer = await context.send({ client: "alice", method: "POST", path: PATH, headers, body }, "twin");
  const total = field(answer, "totalCents");
  return twin(answer, total === 2 * context.seed.mugCents, `alice orders two mugs for ${total} cents on the page`);
}
