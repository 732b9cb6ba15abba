import { expect, test } from "vitest";
import { COOKIES } from "../../../src/shared/cookies.ts";
import { sessionCookies } from "../../../src/shared/defences/fresh-session.ts";
import { setCookie } from "../../../src/shared/defences/session-cookie.ts";

const FLAGS = "Path=/; Secure; HttpOnly; SameSite=Strict";

test("a cookie is one that no script reads, no other site sends and no other host sets", () => {
  expect(setCookie(COOKIES.challenge, "id", 180)).toBe(`__Host-challenge=id; Max-Age=180; ${FLAGS}`);
});

test("a session's cookies are its own, whatever the browser came with", () => {
  const tokens = { accessToken: "a.b.c", accessSeconds: 900, refreshToken: "r", refreshSeconds: 3600 };
  expect(sessionCookies({ headers: { Cookie: "__Host-session=planted; __Host-refresh=planted" } }, tokens)).toEqual([
    `__Host-session=a.b.c; Max-Age=900; ${FLAGS}`,
    `__Host-refresh=r; Max-Age=3600; ${FLAGS}`,
  ]);
});
