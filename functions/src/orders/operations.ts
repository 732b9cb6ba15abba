import type { Operation } from "../shared/function.ts";
import { cancel, get, type OrdersEdges, place } from "./core.ts";

/** The operations of the function `orders`. */
export function ordersOperations(edges: OrdersEdges): Operation[] {
  return [
    {
      operationId: "placeOrder",
      method: "POST",
      path: "/orders",
      groups: ["partner"],
      run: (request) => place(edges, request),
    },
    {
      operationId: "placeOrderOnPage",
      method: "POST",
      path: "/page/orders",
      groups: ["partner"],
      fromPage: true,
      run: (request) => place(edges, request),
    },
    {
      operationId: "getOrder",
      method: "GET",
      path: "/orders/{orderId}",
      groups: ["partner", "admin"],
      run: (request) => get(edges, request),
    },
    {
      operationId: "cancelOrder",
      method: "DELETE",
      path: "/orders/{orderId}",
      groups: ["partner"],
      run: (request) => cancel(edges, request),
    },
  ];
}
