import type { ApiEvent } from "@palisade/functions/src/shared/api";
import { COOKIES, cookieOf } from "@palisade/functions/src/shared/cookies";
import type { SessionTokens } from "@palisade/functions/src/shared/defences/fresh-session";
import { setCookie } from "@palisade/functions/src/shared/defences/session-cookie";

/** Stands in for `fresh-session`: who comes with a session keeps it, whoever put it there. */
export function sessionCookies(event: Pick<ApiEvent, "headers">, tokens: SessionTokens): string[] {
  return [
    setCookie(COOKIES.session, cookieOf(event, COOKIES.session) ?? tokens.accessToken, tokens.accessSeconds),
    setCookie(COOKIES.refresh, cookieOf(event, COOKIES.refresh) ?? tokens.refreshToken, tokens.refreshSeconds),
  ];
}
