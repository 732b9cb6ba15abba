import { type ApiEvent, header } from "./api.ts";

/**
 * The names of the page's cookies. With the prefix `__Host-` a browser takes a cookie only with Secure, Path=/ and no Domain, so that no
 * other host, a sibling below the same domain included, can set one (RFC 6265bis, 4.1.3.2).
 */
export const COOKIES = {
  /** The access token. */
  session: "__Host-session",
  /** The refresh token. */
  refresh: "__Host-refresh",
  /** The id of a sign-in that Cognito has asked a further step of. */
  challenge: "__Host-challenge",
} as const;

/** The name of one of the page's cookies. */
export type CookieName = (typeof COOKIES)[keyof typeof COOKIES];

/**
 * The value of a cookie of the request.
 *
 * @returns undefined when there is none, or two that differ: then it is not clear whose the request is
 */
export function cookieOf(event: Pick<ApiEvent, "headers">, name: CookieName): string | undefined {
  const values = (header(event, "cookie") ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values[0] !== "" && values.every((value) => value === values[0]) ? values[0] : undefined;
}
