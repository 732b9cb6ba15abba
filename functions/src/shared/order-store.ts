/** The orders in the database. */
import type { Row, Statements } from "./database.ts";
import type { Order, OrderLine, OrderStatus } from "./orders.ts";

/** An order as it is stored. */
export interface StoredOrder extends Order {
  /** The user who placed it. */
  placedBy: string;
  /** When, in UTC. */
  createdAt: Date;
  /** Price of one piece, in cents, by SKU. */
  unitPrices: ReadonlyMap<string, number>;
}

const COLUMNS = "id, company_id, status, note, discount_cents, total_cents";

/** The listed products' prices in cents, by SKU. A SKU that is not listed is missing. */
export async function pricesOf(statements: Statements, skus: readonly string[]): Promise<Map<string, number>> {
  const wanted = [...new Set(skus)];
  if (wanted.length === 0) return new Map();
  const rows = await statements.rows(
    `SELECT sku, price_cents FROM listed_products WHERE sku IN (${placeholders(wanted.length)})`,
    wanted,
  );
  return new Map(rows.map((row) => [String(row.sku), Number(row.price_cents)]));
}

/** Stores an order and its lines. */
export async function insertOrder(statements: Statements, order: StoredOrder): Promise<void> {
  await statements.change(`INSERT INTO orders (${COLUMNS}, placed_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, [
    order.id,
    order.companyId,
    order.status,
    order.note ?? null,
    order.discountCents,
    order.totalCents,
    order.placedBy,
    order.createdAt.toISOString().slice(0, 19).replace("T", " "),
  ]);
  await statements.change(
    `INSERT INTO order_lines (order_id, sku, quantity, unit_price_cents) VALUES ${order.lines.map(() => "(?, ?, ?, ?)").join(", ")}`,
    order.lines.flatMap(({ sku, quantity }) => [order.id, sku, quantity, order.unitPrices.get(sku) ?? null]),
  );
}

/** The order with this id, of whatever company, or undefined. */
export async function findOrder(statements: Statements, id: string): Promise<Order | undefined> {
  const [row] = await statements.rows(`SELECT ${COLUMNS} FROM orders WHERE id = ?`, [id]);
  if (row === undefined) return undefined;
  const lines = await linesOf(statements, [id]);
  return toOrder(row, lines.get(id) ?? []);
}

/** The newest orders of all companies, at most `limit`, which must be a number of our own. */
export async function newestOrders(statements: Statements, limit: number): Promise<Order[]> {
  const rows = await statements.rows(`SELECT ${COLUMNS} FROM orders ORDER BY created_at DESC, id LIMIT ${limit}`, []);
  const lines = await linesOf(
    statements,
    rows.map((row) => String(row.id)),
  );
  return rows.map((row) => toOrder(row, lines.get(String(row.id)) ?? []));
}

/**
 * Gives an order another status.
 *
 * @param from only when it has this status now. By default whatever its status is
 * @returns whether an order was changed
 */
export async function changeStatus(
  statements: Statements,
  id: string,
  to: OrderStatus,
  from?: OrderStatus,
): Promise<boolean> {
  const changed =
    from === undefined
      ? await statements.change("UPDATE orders SET status = ? WHERE id = ?", [to, id])
      : await statements.change("UPDATE orders SET status = ? WHERE id = ? AND status = ?", [to, id, from]);
  return changed > 0;
}

async function linesOf(statements: Statements, ids: readonly string[]): Promise<Map<string, OrderLine[]>> {
  const lines = new Map<string, OrderLine[]>();
  if (ids.length === 0) return lines;
  const rows = await statements.rows(
    `SELECT order_id, sku, quantity FROM order_lines WHERE order_id IN (${placeholders(ids.length)})`,
    ids,
  );
  for (const row of rows) {
    const id = String(row.order_id);
    lines.set(id, [...(lines.get(id) ?? []), { sku: String(row.sku), quantity: Number(row.quantity) }]);
  }
  return lines;
}

function toOrder(row: Row, lines: OrderLine[]): Order {
  return {
    id: String(row.id),
    companyId: String(row.company_id),
    status: String(row.status),
    ...(row.note === null ? {} : { note: String(row.note) }),
    lines,
    totalCents: Number(row.total_cents),
    discountCents: Number(row.discount_cents),
  };
}

function placeholders(count: number): string {
  return Array.from({ length: count }, () => "?").join(", ");
}
