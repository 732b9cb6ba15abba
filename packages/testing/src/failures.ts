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
