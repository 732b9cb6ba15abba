import type { Statements } from "../shared/database.ts";
import type { Operation } from "../shared/function.ts";
import { searchProducts } from "./core.ts";

/** The operations of the function `catalog`. */
export function catalogOperations(database: Statements): Operation[] {
  return [
    {
      operationId: "searchProducts",
      method: "GET",
      path: "/products",
      groups: ["partner", "admin"],
      run: (request) => searchProducts(database, request),
    },
    {
      operationId: "searchProductsOnPage",
      method: "GET",
      path: "/page/products",
      groups: ["partner", "admin"],
      fromPage: true,
      run: (request) => searchProducts(database, request),
    },
  ];
}
