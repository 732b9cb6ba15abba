import { createDatabase } from "../shared/database.ts";
import { createApiHandler } from "../shared/function.ts";
import { orderImportOperations } from "./operations.ts";

export const handler = createApiHandler(
  "order-import",
  orderImportOperations(createDatabase("order-import", process.env)),
);
