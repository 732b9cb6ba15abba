import type { Statements } from "../shared/database.ts";
import type { OrderCheck } from "../shared/defences/order-permission.ts";
import type { Operation } from "../shared/function.ts";
import { getReceipt } from "./core.ts";

/** The operations of the function `receipt`. */
export function receiptOperations(database: Statements, checkOrder?: OrderCheck): Operation[] {
  return [
    {
      operationId: "getReceipt",
      method: "GET",
      path: "/orders/{orderId}/receipt",
      groups: ["partner", "admin"],
      run: (request) => getReceipt(database, request, checkOrder),
    },
  ];
}
