import { createDatabase } from "../shared/database.ts";
import { createOrderCheck } from "../shared/defences/order-permission.ts";
import { createApiHandler } from "../shared/function.ts";
import { adminOperations } from "./operations.ts";

export const handler = createApiHandler(
  "admin",
  adminOperations(createDatabase("admin", process.env), createOrderCheck("admin", process.env, "Authorization")),
);
