import { createDatabase } from "../shared/database.ts";
import { createApiHandler } from "../shared/function.ts";
import { catalogOperations } from "./operations.ts";

export const handler = createApiHandler("catalog", catalogOperations(createDatabase("catalog", process.env)));
