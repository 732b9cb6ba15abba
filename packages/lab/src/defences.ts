/** Where a defence stands, as the reports name it. `none` is not a place: nothing held. */
export type Layer = "edge" | "gateway" | "authorizer" | "permissions" | "function" | "iam" | "database";

/** One defence of the prod stage: a row of the table in docs/architecture.md, "Defences", which says what each does. */
export interface Defence {
  readonly id: DefenceId;
  readonly layer: Layer;
}

/** In the order of docs/architecture.md, outermost first; a test compares this list with that table. */
const IDS = [
  "edge:ip-deny",
  "edge:geo",
  "edge:body-size",
  "edge:rate-limit",
  "edge:sql-injection",
  "edge:script",
  "edge:patterns",
  "gateway:default-endpoint",
  "gateway:authorizer",
  "gateway:model",
  "gateway:response-cache",
  "iam:invoke-permission",
  "authorizer:known-api",
  "authorizer:identity-source",
  "authorizer:token",
  "authorizer:fail-closed",
  "permissions:verified-token",
  "authorizer:revocation",
  "authorizer:allow-list",
  "function:session-cookie",
  "function:same-origin",
  "function:fresh-session",
  "function:refresh-reuse",
  "function:principal",
  "function:group-check",
  "permissions:order",
  "function:company-check",
  "function:body-limits",
  "function:order-schema",
  "function:search-term",
  "function:prepared-statement",
  "function:single-statement",
  "function:xml-limits",
  "function:xml-doctype",
  "function:cart-signature",
  "function:cart-revival",
  "function:receipt-layout",
  "function:html-encoding",
  "function:content-security-policy",
  "function:cross-origin",
  "function:problem-details",
  "iam:team-access",
  "function:code-signing",
  "iam:role",
  "database:token-age",
  "database:grants",
  "database:column",
] as const satisfies readonly `${Layer}:${string}`[];

/** The id of a defence, e.g. `function:search-term`. */
export type DefenceId = (typeof IDS)[number];

/** Every defence of prod, in the order of docs/architecture.md. */
export const DEFENCES: readonly Defence[] = IDS.map((id) => ({ id, layer: layerOf(id) }));

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
