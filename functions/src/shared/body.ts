import type { ApiEvent } from "./api.ts";

// With the flag `u` a surrogate that is part of a pair is not seen as one.
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The request's body as text.
 *
 * @throws TypeError when the bytes are not UTF-8; nothing is replaced by a question mark and passed on
 */
export function bodyText(event: Pick<ApiEvent, "body" | "isBase64Encoded">): string {
  const body = event.body ?? "";
  if (event.isBase64Encoded) return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(body, "base64"));
  if (LONE_SURROGATE.test(body)) throw new TypeError("the body holds half of a surrogate pair");
  return body;
}
