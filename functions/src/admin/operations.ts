import type { Database } from "../shared/database.ts";
import type { OrderCheck } from "../shared/defences/order-permission.ts";
import type { Operation } from "../shared/function.ts";
import { listAllOrders, setOrderStatus } from "./core.ts";

/** The operations of the function `admin`. */
export function adminOperations(database: Database, checkOrder?: OrderCheck): Operation[] {
  return [
    {
      operationId: "listAllOrders",
      method: "GET",
      path: "/admin/orders",
      groups: ["admin"],
      run: () => listAllOrders(database),
    },
    {
      operationId: "setOrderStatus",
      method: "PUT",
      path: "/admin/orders/{orderId}/status",
      groups: ["admin"],
      run: (request) => setOrderStatus(database, request, checkOrder),
    },
  ];
}
