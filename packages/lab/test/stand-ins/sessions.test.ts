import { describe, expect, it } from "vitest";
import { sessionCookies } from "../../src/stand-ins/fresh-session.ts";
import { createRefreshLedger } from "../../src/stand-ins/refresh-reuse.ts";
import { checkSameOrigin } from "../../src/stand-ins/same-origin.ts";
import { setCookie } from "../../src/stand-ins/session-cookie.ts";

const TOKENS = { accessToken: "new", accessSeconds: 60, refreshToken: "new-too", refreshSeconds: 120 };

describe("what stands in for the defences of sessions", () => {
  it("takes a request from any page", () => {
    expect(checkSameOrigin()).toBeUndefined();
  });

  it("sets cookies that scripts read and every site's requests carry", () => {
    expect(setCookie("__Host-session", "t", 60)).toBe("__Host-session=t; Max-Age=60; Path=/; Secure; SameSite=None");
  });

  it("keeps the session that the browser came with", () => {
    const came = { headers: { Cookie: "__Host-session=planted" } };
    expect(sessionCookies(came, TOKENS).map((cookie) => cookie.split(";")[0])).toEqual([
      "__Host-session=planted",
      "__Host-refresh=new-too",
    ]);
    expect(sessionCookies({ headers: {} }, TOKENS)[0]).toMatch(/^__Host-session=new;/);
  });

  it("forgets which refresh tokens were used", async () => {
    const ledger = createRefreshLedger();
    for (const _ of [1, 2]) await ledger.spend("token");
    await ledger.remember("token", { originJti: "o" });
    await ledger.release("token");
  });
});
