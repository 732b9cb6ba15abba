import type { ApiEvent } from "../api.ts";
import { COOKIES } from "../cookies.ts";
import { setCookie } from "./session-cookie.ts";

/** The tokens of a sign-in or a refresh. */
export interface SessionTokens {
  accessToken: string;
  /** Seconds that the access token is valid. */
  accessSeconds: number;
  refreshToken: string;
  /** Seconds that the browser keeps the refresh token. */
  refreshSeconds: number;
}

/**
 * The cookies of a new session. They replace whatever the browser came with: a session that somebody else put there before the sign-in,
 * whose holder would be signed in with its user, is never taken on (session fixation, CWE-384).
 *
 * @param _event the request; nothing of it goes into the session
 */
export function sessionCookies(_event: Pick<ApiEvent, "headers">, tokens: SessionTokens): string[] {
  return [
    setCookie(COOKIES.session, tokens.accessToken, tokens.accessSeconds),
    setCookie(COOKIES.refresh, tokens.refreshToken, tokens.refreshSeconds),
  ];
}
