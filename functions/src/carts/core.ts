import type { Statements } from "../shared/database.ts";
import { readJsonBody } from "../shared/defences/body-limits.ts";
import { reviveCart } from "../shared/defences/cart-revival.ts";
import type { Answer, ApiRequest } from "../shared/function.ts";
import { pricesOf } from "../shared/order-store.ts";
import { Unanswerable } from "../shared/refusal.ts";

/** `restoreCart`: the saved cart at today's prices, without what is no longer on offer. */
export async function restoreCart(statements: Statements, { event }: ApiRequest): Promise<Answer> {
  const cart = reviveCart(savedText(readJsonBody(event)));
  const prices = await pricesOf(
    statements,
    cart.lines.map(({ sku }) => sku),
  );
  const lines = cart.lines.filter(({ sku }) => prices.has(sku));
  const totalCents = lines.reduce((total, { sku, quantity }) => total + (prices.get(sku) ?? 0) * quantity, 0);
  const { discountCents = 0 } = cart;
  return { status: 200, json: { lines, totalCents, discountCents } };
}

function savedText(body: unknown): string {
  const cart =
    typeof body === "object" && body !== null && Object.keys(body).length === 1 && "cart" in body && body.cart;
  if (typeof cart !== "string") throw new Unanswerable(422, "The body must be an object with the text cart.");
  return cart;
}
