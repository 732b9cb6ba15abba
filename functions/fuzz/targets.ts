/**
 * What is fuzzed: each target takes bytes as a stranger could send them, and throws when the sentence that it states does not hold. Jazzer.js
 * (`functions/fuzz/run.ts`) looks for such bytes, guided by what they make the code do; `functions/test/fuzz` runs the corpus that it left.
 */
import { generateKeyPairSync } from "node:crypto";
import { createClock } from "../src/authorizer/clock.ts";
import { createAuthorizer } from "../src/authorizer/core.ts";
import { createDecisionCache } from "../src/authorizer/decision-cache.ts";
import { createApiCheck } from "../src/authorizer/defences/known-api.ts";
import { createTokenVerifier } from "../src/authorizer/defences/token.ts";
import type { ProtectedOperation } from "../src/authorizer/env.ts";
import { cartsOperations } from "../src/carts/operations.ts";
import { catalogOperations } from "../src/catalog/operations.ts";
import { readFeed } from "../src/order-import/feed.ts";
import { orderImportOperations } from "../src/order-import/operations.ts";
import { receiptOperations } from "../src/receipt/operations.ts";
import type { ApiEvent } from "../src/shared/api.ts";
import { bodyText } from "../src/shared/body.ts";
import type { CartKeys } from "../src/shared/cart-keys.ts";
import type { Database, Row, Statements } from "../src/shared/database.ts";
import { readJsonBody } from "../src/shared/defences/body-limits.ts";
import { reviveCart } from "../src/shared/defences/cart-revival.ts";
import { openSavedCart } from "../src/shared/defences/cart-signature.ts";
import { encodeAttribute, encodeJson, encodeText, encodeUrl, html } from "../src/shared/defences/html-encoding.ts";
import { createApiHandler } from "../src/shared/function.ts";
import { createLogger } from "../src/shared/log.ts";
import { Refusal, Unanswerable } from "../src/shared/refusal.ts";

/** A target. */
export interface FuzzTarget {
  /** Kebab case; the folder of its corpus. */
  name: string;
  /** What holds, whatever the bytes. */
  sentence: string;
  /** Throws, or rejects, when it does not. */
  run(data: Buffer): void | Promise<void>;
}

const json: FuzzTarget = {
  name: "json",
  sentence: "A body becomes plain data without a prototype's names and without a member given twice, or a refusal.",
  run(data) {
    const event = bodyEvent(data.toString("base64"), true);
    const value = parsed(() => readJsonBody(event));
    if (value === REFUSED) return;
    visit(value.value);
    const text = JSON.stringify(value.value);
    // What JSON.parse itself makes of the text: nothing was added, and nothing that is refused was let through.
    hold(text === JSON.stringify(JSON.parse(bodyText(event))), "the value is another than the text's");
    hold(Object.keys(Object.prototype).length === 0, "a prototype has changed");
  },
};

const xml: FuzzTarget = {
  name: "xml",
  sentence: "A feed becomes orders that keep the contract's rules, or a refusal that repeats nothing of the feed.",
  run(data) {
    const text = textOf(data);
    const value = parsed(() => readFeed(text));
    if (value === REFUSED) return;
    for (const { lines, note } of value.value) {
      hold(lines.length >= 1 && lines.length <= 50, "an order has no lines, or too many");
      for (const { sku, quantity } of lines) {
        hold(/^[A-Z0-9-]{1,32}$/.test(sku) && Number.isInteger(quantity) && quantity >= 1, "a line breaks the rules");
      }
      hold(note === undefined || [...note].length <= 500, "a note is too long");
    }
    hold(!/<!DOCTYPE/.test(text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, "")), "a document type was read");
  },
};

const cart: FuzzTarget = {
  name: "cart",
  sentence: "No text opens as a saved cart that the service did not sign.",
  async run(data) {
    const keys = cartKeys();
    const opened = await openSavedCart(keys, textOf(data), "acme").then(
      () => true,
      (error: unknown) => {
        hold(error instanceof Refusal && error.defence === "cart-signature", "it fails otherwise than by a refusal");
        return false;
      },
    );
    hold(!opened, "a cart that nobody signed was opened");
  },
};

const cartData: FuzzTarget = {
  name: "cart-data",
  sentence: "A saved cart's data, even signed, becomes plain lines, or a refusal; no code of it runs.",
  run(data) {
    const value = parsed(() => reviveCart(textOf(data)));
    hold(Object.keys(Object.prototype).length === 0 && !("pwned" in globalThis), "it did something");
    if (value === REFUSED) return;
    hold(Object.keys(value.value).join() === "lines", "a cart has other fields than its lines");
    for (const line of value.value.lines) {
      hold(
        Object.getPrototypeOf(line) === Object.prototype && Object.keys(line).join() === "sku,quantity",
        "a line has more",
      );
    }
  },
};

const page: FuzzTarget = {
  name: "html",
  sentence: "No text leaves its place in a page: it opens no tag, ends no attribute and ends no script.",
  run(data) {
    const text = data.toString();
    hold(/^([^<>"'`&]|&(amp|lt|gt|quot|#39|#96);)*$/.test(encodeText(text)), "as text");
    hold(String(html`${text}`) === encodeText(text), "in a template");
    hold(/^([A-Za-z0-9]|&#x[0-9a-f]+;)*$/.test(String(encodeAttribute(text))), "as an attribute");
    hold(/^([A-Za-z0-9._~-]|%[0-9A-F]{2})*$/.test(String(encodeUrl(text))), "in a URL");
    const script = String(encodeJson(text));
    hold(!/[<>&\u2028\u2029]/.test(script) && JSON.parse(script) === text, "in a script");
  },
};

/** An operation that the authorizer knows. */
const operation = (method: string, path: string, identityHeader: ProtectedOperation["identityHeader"]) => ({
  operationId: `${method}${path}`,
  method,
  path,
  groups: ["partner"],
  identityHeader,
});

const authorizer: FuzzTarget = {
  name: "authorizer",
  sentence:
    "No request without a token that the pool has signed is let pass, whatever its headers, and the log holds nothing of them.",
  async run(data) {
    // The method and the resource, and a header in each further line.
    const [first = "", ...rest] = data.toString().split("\n");
    const [method = "", path = ""] = first.split(" ");
    const headers: Record<string, string> = Object.create(null);
    const multiValueHeaders: Record<string, string[]> = Object.create(null);
    for (const line of rest) {
      const name = line.slice(0, Math.max(line.indexOf(":"), 0));
      const value = line.slice(name.length + 1).trim();
      headers[name] = value;
      multiValueHeaders[name] = [...(multiValueHeaders[name] ?? []), value];
    }
    const lines: string[] = [];
    const event = {
      type: method === "TOKEN" ? "TOKEN" : "REQUEST",
      authorizationToken: path,
      httpMethod: method,
      resource: path,
      methodArn: `arn:aws:execute-api:eu-west-1:111122223333:api/prod/${method}${path}`,
      headers,
      multiValueHeaders,
      requestContext: { requestId: "fuzz" },
    };
    const passed = await authorize((line) => lines.push(line))(event, CONTEXT).then(
      () => true,
      (error: unknown) => {
        hold(error instanceof Error && error.message === "Unauthorized", "it fails otherwise than by Unauthorized");
        return false;
      },
    );
    hold(!passed, "a request without a token of the pool was let pass");
    hold(lines.length === 1, "the refusal has no record, or two");
    holdsNothing(lines, Object.values(headers));
  },
};

const CONTEXT = { invokedFunctionArn: "arn:aws:lambda:eu-west-1:111122223333:function:authorizer:live" };
const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const JWKS = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "key-1", alg: "RS256", use: "sig" }] };
const clock = createClock();
const verify = createTokenVerifier(
  {
    userPoolIds: ["eu-west-1_AbCdEf123"],
    clientIds: ["client1"],
    requiredScopes: [],
    jwksUris: [],
    resultTtlSeconds: 0,
  },
  async () => new TextEncoder().encode(JSON.stringify(JWKS)).buffer as ArrayBuffer,
  clock,
);

function authorize(write: (line: string) => void): ReturnType<typeof createAuthorizer> {
  return createAuthorizer({
    operations: [
      operation("GET", "/products", "Authorization"),
      operation("GET", "/orders/{orderId}/receipt", "Cookie"),
    ],
    checkApi: createApiCheck([]),
    verify,
    checkRevocation: async () => {},
    decisions: createDecisionCache(0),
    clock,
    log: createLogger("authorizer", write),
  });
}

const api: FuzzTarget = {
  name: "api",
  sentence:
    "A request is answered with one of the contract's statuses, never with 500, and neither the problem nor the log repeats it.",
  async run(data) {
    // As HTTP writes it: method and target, the content type, an empty line, the body.
    const [head = "", ...parts] = data.toString().split("\n\n");
    const [first = "", contentType = ""] = head.split("\n");
    const [method = "", target = ""] = first.split(" ");
    const [resource = "", query = ""] = target.split("?");
    const body = parts.join("\n\n");
    const event: ApiEvent = {
      httpMethod: method,
      resource,
      headers: { "content-type": contentType },
      pathParameters: { orderId: "3f2c9a54-5d0e-4f6a-9c31-0d6a2b7e8f10" },
      queryStringParameters: Object.fromEntries(new URLSearchParams(query)),
      body,
      requestContext: {
        requestId: "fuzz",
        authorizer: { userId: "user-alice", companyId: "acme", groups: "partner,company:acme" },
      },
    };
    const lines: string[] = [];
    const handler = createApiHandler(
      "fuzz",
      OPERATIONS,
      createLogger("fuzz", (line) => lines.push(line)),
    );
    const response = await handler(event);
    hold(STATUSES.has(response.statusCode), `the status is ${response.statusCode}`);
    hold(response.headers["X-Content-Type-Options"] === "nosniff", "a browser may guess the type");
    const sent = [contentType, query, ...body.split(/["<>\s]/)];
    if (response.statusCode >= 400) holdsNothing([response.body], sent);
    hold(lines.length === 1, "the request has no record, or two");
    holdsNothing(lines, sent);
  },
};

const STATUSES: ReadonlySet<number> = new Set([200, 201, 400, 404, 413, 415, 422]);
const DATABASE = database();
const OPERATIONS = [
  ...cartsOperations({ database: DATABASE, keys: cartKeys() }),
  ...catalogOperations(DATABASE),
  ...orderImportOperations(DATABASE),
  ...receiptOperations(DATABASE),
];

/** Every target. */
export const TARGETS: readonly FuzzTarget[] = [json, xml, cart, cartData, page, authorizer, api];

/** Runs a target by its name. */
export async function runTarget(name: string, data: Buffer): Promise<void> {
  await TARGETS.find((target) => target.name === name)?.run(data);
}

function hold(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(`the sentence does not hold: ${otherwise}`);
}

const REFUSED = Symbol("refused");

// What a parser returns, or that it refused. Any other error is a fault of ours and is thrown.
function parsed<T>(parse: () => T): { value: T } | typeof REFUSED {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unanswerable) return REFUSED;
    throw error;
  }
}

function visit(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  hold([Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value)), "a value is no plain data");
  for (const name of Object.keys(value)) {
    hold(!["__proto__", "constructor", "prototype"].includes(name), "a member has the name of a prototype");
    visit((value as Record<string, unknown>)[name]);
  }
}

// Words of the service's own are short; what is longer than this and of more than letters was sent.
const LONG = 12;

function holdsNothing(texts: readonly string[], sent: readonly string[]): void {
  for (const value of sent) {
    if (value.length < LONG || /^[a-z ./-]*$/i.test(value)) continue;
    hold(!texts.some((text) => text.includes(value)), "what was sent is repeated");
  }
}

function textOf(data: Buffer): string {
  return data.toString();
}

function bodyEvent(body: string, isBase64Encoded: boolean): ApiEvent {
  return {
    httpMethod: "POST",
    resource: "/orders",
    headers: { "content-type": "application/json" },
    body,
    isBase64Encoded,
    requestContext: { requestId: "fuzz" },
  };
}

function cartKeys(): CartKeys {
  const key = { id: "2026-11", secret: new Uint8Array(32).fill(7) };
  return { current: async () => key, find: async (id) => (id === key.id ? key : undefined) };
}

function database(): Database {
  const order = { company_id: "acme", status: "placed", note: '<b>"note"</b>', discount_cents: 0, total_cents: 1200 };
  const answers: [RegExp, Row[]][] = [
    [/^SELECT sku, price/, [{ sku: "MUG-1", price_cents: 1200 }]],
    [/^SELECT sku, name/, [{ sku: "MUG-1", name: "Mug" }]],
    [/^SELECT id,.*FROM orders/, [{ id: "3f2c9a54-5d0e-4f6a-9c31-0d6a2b7e8f10", ...order }]],
  ];
  const statements: Statements = {
    rows: async (sql) => answers.find(([pattern]) => pattern.test(sql))?.[1] ?? [],
    change: async () => 1,
  };
  return { ...statements, define: async () => [], transaction: (work) => work(statements) };
}
