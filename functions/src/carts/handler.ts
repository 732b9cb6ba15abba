import { createDatabase } from "../shared/database.ts";
import { createApiHandler } from "../shared/function.ts";
import { cartsOperations } from "./operations.ts";

export const handler = createApiHandler("carts", cartsOperations(createDatabase("carts", process.env)));
