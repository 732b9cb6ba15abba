import type { Operation } from "../shared/function.ts";
import { type CartsEdges, restoreCart, saveCart } from "./core.ts";

/** The operations of the function `carts`. */
export function cartsOperations(edges: CartsEdges): Operation[] {
  return [
    {
      operationId: "saveCart",
      method: "POST",
      path: "/carts",
      groups: ["partner"],
      run: (request) => saveCart(edges, request),
    },
    {
      operationId: "restoreCart",
      method: "POST",
      path: "/carts/restore",
      groups: ["partner"],
      run: (request) => restoreCart(edges, request),
    },
  ];
}
