import type { Database } from "../shared/database.ts";
import { readJsonBody } from "../shared/defences/body-limits.ts";
import type { OrderCheck } from "../shared/defences/order-permission.ts";
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

/**
 * `setOrderStatus`: any order, to any status.
 *
 * @param checkOrder asks the policies about the order. By default nobody is asked
 */
export async function setOrderStatus(
  database: Database,
  request: ApiRequest,
  checkOrder?: OrderCheck,
): Promise<Answer> {
  const { status } = readSchema(validate, readJsonBody(request.event));
  const id = orderIdOf(request.event);
  if (checkOrder !== undefined) {
    const before = await findOrder(database, id);
    if (before === undefined) throw noSuchOrder();
    await checkOrder(request, "setOrderStatus", before);
  }
  const order = await database.transaction(async (statements) => {
    await changeStatus(statements, id, status);
    return await findOrder(statements, id);
  });
  if (order === undefined) throw noSuchOrder();
  return { status: 200, json: order };
}

function noSuchOrder(): Unanswerable {
  return new Unanswerable(404, "There is no such order.");
}
