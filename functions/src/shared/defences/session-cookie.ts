import type { CookieName } from "../cookies.ts";

// HttpOnly: no script reads it. Strict: no request that another site causes carries it.
const ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict";

/**
 * The header `Set-Cookie` of one of the page's cookies.
 *
 * @param value only characters of a cookie's value (RFC 6265, 4.1.1): tokens and ids have no other
 * @param seconds how long the browser keeps it; 0 removes it
 */
export function setCookie(name: CookieName, value: string, seconds: number): string {
  return `${name}=${value}; Max-Age=${seconds}; ${ATTRIBUTES}`;
}
