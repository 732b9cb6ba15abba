/**
 * The time of the request that is being answered. Lambda ends a function at its time limit without a word to the caller, and API Gateway
 * waits 29 seconds: whatever a function waits for must end before, so that it can still say what did not answer.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** What of Lambda's context object is used. */
export interface InvocationContext {
  getRemainingTimeInMillis?(): number;
}

const current = new AsyncLocalStorage<InvocationContext>();
const LEAST_MILLISECONDS = 100;

/** Runs a request's work, so that `timeFor` knows how much of the request's time is left. */
export function duringInvocation<T>(context: InvocationContext | undefined, work: () => Promise<T>): Promise<T> {
  return context === undefined ? work() : current.run(context, work);
}

/**
 * How long something may take now.
 *
 * @param most milliseconds that it may take when the invocation has enough of them, and outside of an invocation
 * @param reserve milliseconds of the invocation that must be left after it. By default half a second, for the answer
 * @returns milliseconds, at least 100
 */
export function timeFor(most: number, reserve = 500): number {
  const remaining = current.getStore()?.getRemainingTimeInMillis?.();
  return remaining === undefined ? most : Math.max(LEAST_MILLISECONDS, Math.min(most, remaining - reserve));
}

/**
 * Waits for some work, but not longer than a time. The work goes on, and what becomes of it is ignored.
 *
 * @throws Error with the code `ETIMEDOUT` when it takes longer; else as the work does
 */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    const error = Object.assign(new Error(`no answer in ${milliseconds} ms`), { code: "ETIMEDOUT" });
    timer = setTimeout(() => reject(error), milliseconds);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}
