import { createApiHandler } from "../shared/function.ts";
import { partnersOperations } from "./operations.ts";

export const handler = createApiHandler("partners", partnersOperations);
