import { type ApiEvent, type ApiResponse, api, bodyOf, header, json } from "./http.ts";
import { callerOf } from "./identity.ts";
import {
  changeStatus,
  findOrder,
  insertOrder,
  type NewOrder,
  type Order,
  placedOrder,
  rememberOrder,
} from "./order-store.ts";

export const handler = api({
  // WEAK: no validation: negative quantities, megabytes of note, unknown fields.
  "POST /orders": place,
  // WEAK: whatever page made the browser send it, and whatever type it says that the body has.
  "POST /page/orders": place,
  "GET /orders/{orderId}": async (event) => found(event, await findOrder(orderId(event))),
  "DELETE /orders/{orderId}": async (event) => found(event, await changeStatus(orderId(event), "cancelled")),
});

async function place(event: ApiEvent): Promise<ApiResponse> {
  const key = header(event, "Idempotency-Key");
  const placed = key === undefined ? undefined : await placedOrder(key);
  if (placed) return json(201, placed);
  // WEAK: the partner's own reference stands in for a missing note, and reaches the receipt as it came.
  const reference = header(event, "X-Partner-Reference");
  const order = await insertOrder(callerOf(event), {
    ...(reference === undefined ? {} : { note: reference }),
    ...bodyOf<NewOrder>(event),
  });
  if (key !== undefined) await rememberOrder(key, order.id);
  return json(201, order);
}

export function orderId(event: ApiEvent): string {
  return event.pathParameters?.orderId ?? "";
}

export function found(event: ApiEvent, order: Order | undefined): ApiResponse {
  return order ? json(200, order) : json(404, { message: `Order ${orderId(event)} not found` });
}
