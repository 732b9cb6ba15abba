import type { CartKeys } from "../shared/cart-keys.ts";
import type { Statements } from "../shared/database.ts";
import { readJsonBody } from "../shared/defences/body-limits.ts";
import { reviveCart } from "../shared/defences/cart-revival.ts";
import { openSavedCart, signCart } from "../shared/defences/cart-signature.ts";
import type { Answer, ApiRequest } from "../shared/function.ts";
import { pricesOf } from "../shared/order-store.ts";
import { Unanswerable } from "../shared/refusal.ts";
import { readSchema } from "../shared/schema.ts";
import { validate as newCart } from "../shared/schemas/new-cart.mjs";
import { validate as savedCart } from "../shared/schemas/saved-cart.mjs";

/** What the operations work on. */
export interface CartsEdges {
  database: Statements;
  keys: CartKeys;
}

// What a saved cart's data begins with: a reader of another version refuses it.
const VERSION = 1;

/** `saveCart`: the cart as a signed text, which the caller keeps. Nothing is stored, and nothing is looked up but the key. */
export async function saveCart({ keys }: CartsEdges, { event, principal }: ApiRequest): Promise<Answer> {
  const { lines } = readSchema(newCart, readJsonBody(event));
  if (principal.companyId === "") throw new Unanswerable(403, "You belong to no company.");
  const cart = await signCart(keys, JSON.stringify({ version: VERSION, lines }), principal.companyId);
  return { status: 201, json: { cart } };
}

/** `restoreCart`: the saved cart at today's prices, without what is no longer on offer. */
export async function restoreCart({ database, keys }: CartsEdges, { event, principal }: ApiRequest): Promise<Answer> {
  const { cart: saved } = readSchema(savedCart, readJsonBody(event));
  const cart = reviveCart(await openSavedCart(keys, saved, principal.companyId));
  const prices = await pricesOf(
    database,
    cart.lines.map(({ sku }) => sku),
  );
  const lines = cart.lines.filter(({ sku }) => prices.has(sku));
  const totalCents = lines.reduce((total, { sku, quantity }) => total + (prices.get(sku) ?? 0) * quantity, 0);
  const { discountCents = 0 } = cart;
  return { status: 200, json: { lines, totalCents, discountCents } };
}
