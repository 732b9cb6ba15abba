/** Fetches a key set and returns its bytes. */
export type JwksFetch = (uri: string) => Promise<ArrayBuffer>;

// The decision, and with it a refusal, is due within two seconds.
const TIMEOUT_MILLISECONDS = 1500;
// Cognito's key set is under 1 KB.
const MAX_BYTES = 64 * 1024;

/**
 * Fetches the key set of a user pool, once, without a second try: the caller's next request is the next try.
 *
 * @throws Error when there is no answer in 1.5 seconds, or it is another than 200 with at most 64 KB
 */
export async function fetchJwks(uri: string): Promise<ArrayBuffer> {
  const response = await fetch(uri, { signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS), redirect: "error" });
  if (response.status !== 200) throw new Error(`the key set's answer has status ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > MAX_BYTES) throw new Error(`the key set is longer than ${MAX_BYTES} bytes`);
  return bytes;
}
