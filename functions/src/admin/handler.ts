import { createDatabase } from "../shared/database.ts";
import { createApiHandler } from "../shared/function.ts";
import { adminOperations } from "./operations.ts";

export const handler = createApiHandler("admin", adminOperations(createDatabase("admin", process.env)));
