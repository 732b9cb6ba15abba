import type { ApiEvent } from "./api.ts";
import { Unanswerable } from "./refusal.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The id of the order that the request's path names, in lower case.
 *
 * @throws Unanswerable 404 when it is no UUID: no order has such an id
 */
export function orderIdOf(event: Pick<ApiEvent, "pathParameters">): string {
  const id = event.pathParameters?.orderId ?? "";
  if (!UUID.test(id)) throw new Unanswerable(404, "There is no such order.");
  return id.toLowerCase();
}
