import type { Database } from "../shared/database.ts";
import type { Operation } from "../shared/function.ts";
import { importOrders } from "./core.ts";

/** The operations of the function `order-import`. */
export function orderImportOperations(database: Database): Operation[] {
  return [
    {
      operationId: "importOrders",
      method: "POST",
      path: "/orders/import",
      groups: ["partner"],
      run: (request) => importOrders(database, request),
    },
  ];
}
