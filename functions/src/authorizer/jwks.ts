import { setTimeout as sleep } from "node:timers/promises";

/** Fetches a key set and returns its bytes. */
export type JwksFetch = (uri: string) => Promise<ArrayBuffer>;

// The decision, and with it a refusal, is due within two seconds.
const TIMEOUT_MILLISECONDS = 1500;
// How long one address has alone, before the next is asked as well.
const PATIENCE_MILLISECONDS = 500;
// Cognito's key set is under 1 KB.
const MAX_BYTES = 64 * 1024;

/**
 * Fetches the key set of a user pool, once, without a second try: the caller's next request is the next try.
 *
 * @param milliseconds how long it may take, by default 1500
 * @throws Error when there is no answer in that time, or it is another than 200 with at most 64 KB
 */
export async function fetchJwks(uri: string, milliseconds = TIMEOUT_MILLISECONDS): Promise<ArrayBuffer> {
  const response = await fetch(uri, { signal: AbortSignal.timeout(milliseconds), redirect: "error" });
  if (response.status !== 200) throw new Error(`the key set's answer has status ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > MAX_BYTES) throw new Error(`the key set is longer than ${MAX_BYTES} bytes`);
  return bytes;
}

/**
 * Fetches a key set from the first of its addresses that has it, all in the time of one: the next is asked when one fails, or has not
 * answered in half a second. The addresses are copies of one set, and whoever can change one of them can make keys.
 *
 * @param addresses at most three, which share 1.5 seconds
 * @throws Error of the address, or an AggregateError of all
 */
export async function fetchFirst(
  addresses: readonly string[],
  fetchKeys: (uri: string, milliseconds: number) => Promise<ArrayBuffer> = fetchJwks,
): Promise<ArrayBuffer> {
  const asked: Promise<ArrayBuffer>[] = [];
  for (const [index, uri] of addresses.entries()) {
    asked.push(fetchKeys(uri, TIMEOUT_MILLISECONDS - index * PATIENCE_MILLISECONDS));
    if (index === addresses.length - 1) break;
    const come = await Promise.race([Promise.any(asked).catch(() => undefined), sleep(PATIENCE_MILLISECONDS)]);
    if (come !== undefined) return come;
  }
  const [only, ...others] = asked;
  return only !== undefined && others.length === 0 ? only : Promise.any(asked);
}
