import { setImmediate } from "node:timers/promises";
import type * as pulumi from "@pulumi/pulumi";
import { resolved } from "./plain.ts";

/** What a task returned, and everything that went wrong meanwhile, in the order in which it did. */
export interface Outcome<T> {
  value: T | undefined;
  errors: unknown[];
}

/**
 * Runs a task and collects its error and every unhandled rejection up to the moment when `settled` says that nothing is pending.
 *
 * Pulumi's runtime throws the failure of a resource's inputs into a promise that nobody can reach, for the CLI to report. Without
 * this, a failed check on an Output would show up as an "unhandled error" of no test in particular.
 */
export async function failuresOf<T>(task: () => Promise<T>, settled: () => Promise<void>): Promise<Outcome<T>> {
  const errors: unknown[] = [];
  const others = process.listeners("unhandledRejection");
  const collect = (error: unknown) => {
    errors.push(error);
  };
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", collect);
  let value: T | undefined;
  try {
    value = await task();
  } catch (error) {
    errors.unshift(error);
  } finally {
    await settled();
    process.off("unhandledRejection", collect);
    for (const listener of others) process.on("unhandledRejection", listener);
  }
  return { value, errors };
}

/**
 * The error with which an Output rejects. Waiting for it with `resolved` alone would leave the Output's other promises (is it
 * known, is it secret) unhandled.
 *
 * @param make Makes the Output.
 * @throws Error when the Output does not reject.
 */
export async function rejection<T>(make: () => pulumi.Input<T>): Promise<Error> {
  const { value, errors } = await failuresOf(
    () => resolved(make()),
    async () => {
      await setImmediate();
    },
  );
  const [first] = errors;
  if (first instanceof Error) return first;
  throw new Error(`the Output resolved to ${JSON.stringify(value)}; expected it to reject`);
}
