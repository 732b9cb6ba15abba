import type { Statements } from "../shared/database.ts";
import type { Operation } from "../shared/function.ts";
import { restoreCart } from "./core.ts";

/** The operations of the function `carts`. */
export function cartsOperations(database: Statements): Operation[] {
  return [
    {
      operationId: "restoreCart",
      method: "POST",
      path: "/carts/restore",
      groups: ["partner"],
      run: (request) => restoreCart(database, request),
    },
  ];
}
