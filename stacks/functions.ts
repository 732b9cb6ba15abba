/** What one function of the example API serves and needs. The key is its folder in `functions/src`. */
export interface FunctionSpec {
  description: string;
  /** The operations of `functions/openapi.yaml` that it serves. */
  operations: string[];
  /** The database user that it connects as. Only a function that has one is placed in the isolated network. */
  databaseUser?: string;
}

/** The functions behind the API's operations: the table of docs/architecture.md. The authorizer and the migrations serve none. */
export const FUNCTIONS: Record<string, FunctionSpec> = {
  catalog: {
    description: "Searches the listed products",
    operations: ["searchProducts"],
    databaseUser: "catalog",
  },
  orders: {
    description: "Places, reads and cancels orders of the caller's company",
    operations: ["placeOrder", "getOrder", "cancelOrder"],
    databaseUser: "orders",
  },
  "order-import": {
    description: "Imports a partner's XML order feed",
    operations: ["importOrders"],
    databaseUser: "order_import",
  },
  receipt: {
    description: "Shows an order as an HTML receipt",
    operations: ["getReceipt"],
    databaseUser: "receipt",
  },
  carts: {
    description: "Restores a saved cart",
    operations: ["restoreCart"],
    databaseUser: "carts",
  },
  partners: {
    description: "Tells a caller who it is",
    operations: ["getPartner"],
  },
  admin: {
    description: "Lists every company's orders and changes their status",
    operations: ["listAllOrders", "setOrderStatus"],
    databaseUser: "admin_orders",
  },
  session: {
    description: "Signs people in and out of the page",
    operations: ["signIn", "signOut"],
  },
};
