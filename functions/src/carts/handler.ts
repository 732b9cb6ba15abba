import { createAwsCaller } from "../shared/aws.ts";
import { createCartKeys } from "../shared/cart-keys.ts";
import { createDatabase } from "../shared/database.ts";
import { readAwsEnvironment } from "../shared/env.ts";
import { createApiHandler } from "../shared/function.ts";
import { readCartsEnvironment } from "./env.ts";
import { cartsOperations } from "./operations.ts";

const { keyTable } = readCartsEnvironment(process.env);
const call = createAwsCaller(readAwsEnvironment("carts", process.env));

export const handler = createApiHandler(
  "carts",
  cartsOperations({ database: createDatabase("carts", process.env), keys: createCartKeys(call, keyTable) }),
);
