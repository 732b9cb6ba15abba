import { createDatabase } from "../shared/database.ts";
import { createOrderCheck } from "../shared/defences/order-permission.ts";
import { createApiHandler } from "../shared/function.ts";
import { receiptOperations } from "./operations.ts";

export const handler = createApiHandler(
  "receipt",
  receiptOperations(createDatabase("receipt", process.env), createOrderCheck("receipt", process.env, "Cookie")),
);
