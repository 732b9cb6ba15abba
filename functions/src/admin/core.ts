import type { Database } from "../shared/database.ts";
import { readJsonBody } from "../shared/defences/body-limits.ts";
import type { Answer, ApiRequest } from "../shared/function.ts";
import { orderIdOf } from "../shared/order-id.ts";
import { changeStatus, findOrder, newestOrders } from "../shared/order-store.ts";
import { Unanswerable } from "../shared/refusal.ts";
import { readSchema } from "../shared/schema.ts";
import { validate } from "../shared/schemas/status-change.mjs";

const MAX_ORDERS = 100;

/** `listAllOrders`: the newest 100 orders of all companies. */
export async function listAllOrders(database: Database): Promise<Answer> {
  const orders = await newestOrders(database, MAX_ORDERS);
  return { status: 200, json: { orders }, rows: orders.length };
}

/** `setOrderStatus`: any order, to any status. */
export async function setOrderStatus(database: Database, { event }: ApiRequest): Promise<Answer> {
  const { status } = readSchema(validate, readJsonBody(event));
  const id = orderIdOf(event);
  const order = await database.transaction(async (statements) => {
    await changeStatus(statements, id, status);
    return await findOrder(statements, id);
  });
  if (order === undefined) throw new Unanswerable(404, "There is no such order.");
  return { status: 200, json: order };
}
