import { api, bodyOf, json } from "./http.ts";
import { changeStatus, everyOrder } from "./order-store.ts";
import { found, orderId } from "./orders.ts";

// WEAK: broken function-level authorization. The API key, which every partner has, is all that stands in front.
export const handler = api({
  "GET /admin/orders": async () => json(200, { orders: await everyOrder() }),
  "PUT /admin/orders/{orderId}/status": async (event) =>
    found(event, await changeStatus(orderId(event), bodyOf<{ status: string }>(event).status)),
});
