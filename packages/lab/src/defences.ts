/** Where a defence stands, as the reports name it (design.md, "Commands"). `none` is not a place: nothing held. */
export type Layer = "edge" | "gateway" | "authorizer" | "permissions" | "function" | "iam" | "database";

/**
 * How a defence shows itself when it holds.
 * `refuses`: the request is answered with an error and a log record names the defence.
 * `neutralises`: the request is served, and the attack in it is inert (a bound parameter, an encoded character).
 */
export type DefenceKind = "refuses" | "neutralises";

/** One defence of the prod stage: a row of the table in docs/architecture.md, "Defences". */
export interface Defence {
  readonly id: DefenceId;
  readonly layer: Layer;
  readonly kind: DefenceKind;
  /** One sentence for the report. */
  readonly does: string;
}

/** Ids and layers in the order of docs/architecture.md; a test compares this list with that table. */
const TABLE = {
  "gateway:authorizer": ["refuses", "no identity source, no entry (401)"],
  "gateway:model": ["refuses", "request model and validator"],
  "authorizer:token": ["refuses", "signature, issuer, expiry, token_use, client, scope"],
  "authorizer:allow-list": ["refuses", "policy lists only the groups' operations"],
  "function:principal": ["refuses", "the handler refuses a request without the authorizer's context"],
  "function:group-check": ["refuses", "the operation's groups, checked again"],
  "function:company-check": ["refuses", "an order belongs to the caller's company"],
  "function:body-limits": ["refuses", "bytes, depth, keys; safe JSON"],
  "function:order-schema": ["refuses", "the typed order: only known fields, types, ranges"],
  "function:search-term": ["refuses", "characters and length of the search"],
  "function:prepared-statement": ["neutralises", "values never join the SQL text"],
  "function:single-statement": ["refuses", "one statement a query"],
  "function:xml-limits": ["refuses", "bytes, depth, elements, text, entity amplification"],
  "function:xml-doctype": ["refuses", "DOCTYPE, entities and processing instructions refused"],
  "function:cart-revival": ["refuses", "a saved cart is data: no code, no prototype keys"],
  "function:receipt-layout": ["refuses", "a layout is a name from a list, never a path"],
  "function:html-encoding": ["neutralises", "contextual output encoding"],
  "function:content-security-policy": ["neutralises", "no script runs in a receipt"],
  "function:problem-details": ["neutralises", "errors without internals"],
  "iam:role": ["refuses", "the function's role holds only its statements"],
  "database:grants": ["refuses", "the function's database user has only its grants"],
  "database:column": ["refuses", "lengths and types of the columns"],
} as const satisfies Record<`${Layer}:${string}`, readonly [DefenceKind, string]>;

/** The id of a defence, e.g. `function:search-term`. */
export type DefenceId = keyof typeof TABLE;

/** Every defence of prod, in the order of docs/architecture.md. */
export const DEFENCES: readonly Defence[] = (Object.keys(TABLE) as DefenceId[]).map((id) => ({
  id,
  layer: layerOf(id),
  kind: TABLE[id][0],
  does: TABLE[id][1],
}));

/** The layer of a defence: what stands before the colon of its id. */
export function layerOf(id: DefenceId): Layer {
  return id.slice(0, id.indexOf(":")) as Layer;
}

/** The defence with this id, or undefined: ids also come from log records, which are only text. */
export function findDefence(id: string): Defence | undefined {
  return DEFENCES.find((defence) => defence.id === id);
}

/** The layers of some defences, each once, in the order given. */
export function layersOf(ids: readonly DefenceId[]): Layer[] {
  return [...new Set(ids.map(layerOf))];
}
