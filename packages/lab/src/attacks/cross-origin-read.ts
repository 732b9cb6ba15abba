import type { Attack } from "../attack.ts";
import { served, summary } from "../exchange.ts";
import { CORS_ORIGIN } from "../stage.ts";
import { twin } from "./shared/requests.ts";

/** A page of anybody's. */
const EVIL = "https://evil.example";

export const crossOriginRead: Attack = {
  id: "cross-origin-read",
  title: "Read a receipt from a foreign page, with the cookie that the victim's browser adds (CORS)",
  owasp: ["SAS-3", "API8:2023", "CWE-942"],
  paper: "III.1.B",
  defences: ["function:cross-origin"],
  operation: "getReceipt",
  target: "receipt",
  run: async (context) => {
    const { orderId, note } = context.seed.acme;
    const path = `/orders/${orderId}/receipt`;
    // What alice's browser sends for `fetch(url, { credentials: "include" })` on the foreign page.
    const headers = { ...(await context.session("alice")), origin: EVIL, "sec-fetch-mode": "cors" };
    const answer = await context.send({ client: "alice's browser", method: "GET", path, headers });
    const allowed = answer.response.headers["access-control-allow-origin"];
    const withCookie = answer.response.headers["access-control-allow-credentials"] === "true";
    // Fetch Standard, "CORS check": with credentials the origin must be named exactly, and the credentials be allowed.
    const effect = served(answer) && answer.response.body.includes(note) && allowed === EVIL && withCookie;
    const told = `the answer tells the browser to let ${EVIL} read alice's receipt: "${note}"`;
    return { effect, evidence: effect ? told : `${summary(answer)}, readable by ${allowed ?? "no other origin"}` };
  },
  twin: async (context) => {
    const { orderId, note } = context.seed.acme;
    const headers = { ...(await context.session("alice")), origin: CORS_ORIGIN };
    const path = `/orders/${orderId}/receipt`;
    const answer = await context.send({ client: "alice", method: "GET", path, headers }, "twin");
    const allowed = answer.response.headers["access-control-allow-origin"] === CORS_ORIGIN;
    return twin(
      answer,
      allowed && answer.response.body.includes(note),
      `the partners' own page may read it: ${CORS_ORIGIN}`,
    );
  },
};
