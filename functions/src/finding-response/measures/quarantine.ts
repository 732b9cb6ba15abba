/**
 * Stops a function: with a reserved concurrency of zero Lambda refuses every call of it, and what runs runs to its end.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */

import { AwsError } from "../../shared/aws.ts";
import type { AwsRestCaller } from "../../shared/aws-rest.ts";
import { Declined, type Measure } from "./measure.ts";

/** What `look` says of a function without a reservation. */
const NONE = "none";

export function createQuarantine(call: AwsRestCaller): Measure {
  const path = (version: string, name: string) => `${version}/functions/${encodeURIComponent(name)}/concurrency`;
  const reserved = async (name: string): Promise<string> => {
    const { ReservedConcurrentExecutions: limit } = await call({
      service: "lambda",
      operation: "GetFunctionConcurrency",
      method: "GET",
      path: path("2019-09-30", name),
    });
    return typeof limit === "number" ? String(limit) : NONE;
  };
  const reserve = async (name: string, limit: number): Promise<void> => {
    await call({
      service: "lambda",
      operation: "PutFunctionConcurrency",
      method: "PUT",
      path: path("2017-10-31", name),
      input: { ReservedConcurrentExecutions: limit },
    });
  };
  return {
    async look(name) {
      try {
        return await reserved(name);
      } catch (error) {
        if (error instanceof AwsError && error.code === "ResourceNotFoundException") throw new Declined("it is gone");
        throw error;
      }
    },
    apply: (name) => reserve(name, 0),
    async undo(name, earlier) {
      if ((await reserved(name)) !== "0") return false;
      if (earlier !== NONE) await reserve(name, Number(earlier));
      else {
        await call({
          service: "lambda",
          operation: "DeleteFunctionConcurrency",
          method: "DELETE",
          path: path("2017-10-31", name),
        });
      }
      return true;
    },
  };
}
