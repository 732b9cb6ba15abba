import type { Principal } from "./api.ts";
import type { Statements } from "./database.ts";
import { fieldsOf } from "./defences/order-schema.ts";
import { insertOrder, pricesOf } from "./order-store.ts";
import type { NewOrder, Order, OrderLine } from "./orders.ts";
import { Unanswerable } from "./refusal.ts";

/** What an order gets that is neither the caller's nor the database's. */
export interface OrderMark {
  /** A UUID. */
  id: string;
  createdAt: Date;
}

/**
 * Places an order for the caller's own company, at the prices that the database holds.
 *
 * @throws Unanswerable 403 when the caller has no company, 422 when a product is not listed
 */
export async function placeOrder(
  statements: Statements,
  order: NewOrder,
  principal: Principal,
  mark: OrderMark,
): Promise<Order> {
  if (principal.companyId === "") throw new Unanswerable(403, "You belong to no company.");
  const unitPrices = await pricesOf(
    statements,
    order.lines.map(({ sku }) => sku),
  );
  const placed: Order = {
    ...fieldsOf(order),
    id: mark.id,
    companyId: principal.companyId,
    status: "placed",
    totalCents: totalOf(order.lines, unitPrices),
  };
  await insertOrder(statements, { ...placed, placedBy: principal.userId, createdAt: mark.createdAt, unitPrices });
  return placed;
}

function totalOf(lines: readonly OrderLine[], unitPrices: ReadonlyMap<string, number>): number {
  return lines.reduce((total, { sku, quantity }, index) => {
    const price = unitPrices.get(sku);
    if (price === undefined) throw new Unanswerable(422, `The product of lines[${index}] is not on offer.`);
    return total + price * quantity;
  }, 0);
}
