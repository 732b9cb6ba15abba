import { type ApiEvent, type ApiResponse, api, bodyOf, json } from "./http.ts";
import { callerOf } from "./identity.ts";
import { changeStatus, findOrder, insertOrder, type NewOrder, type Order } from "./order-store.ts";

export const handler = api({
  // WEAK: no validation: negative quantities, megabytes of note, unknown fields.
  "POST /orders": place,
  // WEAK: whatever page made the browser send it, and whatever type it says that the body has.
  "POST /page/orders": place,
  "GET /orders/{orderId}": async (event) => found(event, await findOrder(orderId(event))),
  "DELETE /orders/{orderId}": async (event) => found(event, await changeStatus(orderId(event), "cancelled")),
});

async function place(event: ApiEvent): Promise<ApiResponse> {
  return json(201, await insertOrder(callerOf(event), bodyOf<NewOrder>(event)));
}

export function orderId(event: ApiEvent): string {
  return event.pathParameters?.orderId ?? "";
}

export function found(event: ApiEvent, order: Order | undefined): ApiResponse {
  return order ? json(200, order) : json(404, { message: `Order ${orderId(event)} not found` });
}
