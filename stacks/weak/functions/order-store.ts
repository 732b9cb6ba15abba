import { randomUUID } from "node:crypto";
import lodash from "lodash";
import type { ResultSetHeader, RowDataPacket } from "mysql2/promise";
import { database } from "./database.ts";
import type { Caller } from "./identity.ts";

export interface Line {
  sku: string;
  quantity: number;
}

export interface Order {
  id: string;
  companyId: string;
  status: string;
  note?: string;
  lines: Line[];
  totalCents: number;
  discountCents: number;
}

/** Whatever else the caller sends becomes a column. */
export type NewOrder = { lines: Line[] } & Record<string, unknown>;

const ORDER_COLUMNS =
  "id, company_id AS companyId, status, note, total_cents AS totalCents, discount_cents AS discountCents";

/** Prices in cents by SKU. */
export async function pricesOf(lines: Line[]): Promise<Map<string, number>> {
  if (lines.length === 0) return new Map();
  // WEAK: SQL injection by the body: a SKU is a code of our own, until a client writes another.
  const skus = lines.map((line) => `'${line.sku}'`);
  const sql = `SELECT sku, price_cents FROM products WHERE sku IN (${skus.join(", ")})`;
  const [rows] = await database().query<RowDataPacket[]>(sql);
  return new Map(rows.map((row) => [row.sku, row.price_cents]));
}

export function totalOf(lines: Line[], prices: Map<string, number>): number {
  return lines.reduce((sum, line) => sum + (prices.get(line.sku) ?? 0) * line.quantity, 0);
}

export async function insertOrder(caller: Caller, { lines, ...fields }: NewOrder): Promise<Order> {
  const prices = await pricesOf(lines);
  const order = {
    id: randomUUID(),
    companyId: caller.companyId,
    placedBy: caller.userId,
    status: "placed",
    discountCents: 0,
    totalCents: totalOf(lines, prices),
    createdAt: new Date(),
    // WEAK: mass assignment. The body's fields come last, so `companyId`, `status`, `discountCents`... are the caller's.
    ...fields,
  };
  const columns = lodash.mapKeys(order, (_value, key) => lodash.snakeCase(key));
  await database().query("INSERT INTO orders SET ?", [columns]);
  const rows = lines.map((line) => [order.id, line.sku, line.quantity, prices.get(line.sku) ?? 0]);
  await database().query("INSERT INTO order_lines (order_id, sku, quantity, unit_price_cents) VALUES ?", [rows]);
  return (await findOrder(order.id)) as Order;
}

/** WEAK: any order by its id; nobody asks whose it is. */
export async function findOrder(id: string): Promise<Order | undefined> {
  const [orders] = await database().query<RowDataPacket[]>(`SELECT ${ORDER_COLUMNS} FROM orders WHERE id = ?`, [id]);
  const [order] = await withLines(orders);
  return order;
}

/** WEAK: SQL injection by a header: the key that a client made up for its order becomes part of the statement. */
export async function placedOrder(key: string): Promise<Order | undefined> {
  const sql = `SELECT order_id AS id FROM order_keys WHERE idempotency_key = '${key}'`;
  const [[found]] = await database().query<RowDataPacket[]>(sql);
  return found && findOrder(found.id);
}

/** Keeps the order that was placed with a key. */
export async function rememberOrder(key: string, orderId: string): Promise<void> {
  await database().query("INSERT INTO order_keys (idempotency_key, order_id) VALUES (?, ?)", [key, orderId]);
}

export async function everyOrder(): Promise<Order[]> {
  const [orders] = await database().query<RowDataPacket[]>(
    `SELECT ${ORDER_COLUMNS} FROM orders ORDER BY created_at, id`,
  );
  return withLines(orders);
}

export async function changeStatus(id: string, status: string): Promise<Order | undefined> {
  await database().query<ResultSetHeader>("UPDATE orders SET status = ? WHERE id = ?", [status, id]);
  return findOrder(id);
}

async function withLines(orders: RowDataPacket[]): Promise<Order[]> {
  if (orders.length === 0) return [];
  const ids = orders.map((order) => order.id);
  const [lines] = await database().query<RowDataPacket[]>(
    "SELECT order_id AS orderId, sku, quantity FROM order_lines WHERE order_id IN (?)",
    [ids],
  );
  return orders.map((order) => ({
    ...(order as Order),
    note: order.note ?? undefined,
    lines: lines.filter((line) => line.orderId === order.id).map(({ sku, quantity }) => ({ sku, quantity })),
  }));
}
