import { Refusal, Unanswerable } from "../../src/shared/refusal.ts";

/** What a refusal says, as data: the defence, the status and the sentence. Throws when nothing or something else was thrown. */
export function refusalOf(act: () => unknown): { defence: string; status: number; detail: string } {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return { defence: error.defence, status: error.status, detail: error.detail };
    if (error instanceof Unanswerable) return { defence: "", status: error.status, detail: error.detail };
    throw error;
  }
  throw new Error("nothing was refused");
}

/** As `refusalOf`, of something asynchronous. */
export async function refusalOfPromise(promise: Promise<unknown>): Promise<ReturnType<typeof refusalOf>> {
  const outcome = await promise.then(
    () => () => undefined,
    (error: unknown) => () => {
      throw error;
    },
  );
  return refusalOf(outcome);
}
