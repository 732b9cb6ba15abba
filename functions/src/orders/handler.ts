import { createAwsCaller } from "../shared/aws.ts";
import { createDatabase } from "../shared/database.ts";
import { createOrderCheck } from "../shared/defences/order-permission.ts";
import { readAwsEnvironment } from "../shared/env.ts";
import { createApiHandler } from "../shared/function.ts";
import { createLogger } from "../shared/log.ts";
import { readOrdersEnvironment } from "./env.ts";
import { createIdempotencyStore } from "./idempotency.ts";
import { ordersOperations } from "./operations.ts";

const { idempotencyTable } = readOrdersEnvironment(process.env);
const call = createAwsCaller(readAwsEnvironment("orders", process.env));

export const handler = createApiHandler(
  "orders",
  ordersOperations({
    database: createDatabase("orders", process.env),
    idempotency: createIdempotencyStore(call, idempotencyTable),
    log: createLogger("orders"),
    checkOrder: createOrderCheck("orders", process.env, "Authorization"),
  }),
);
