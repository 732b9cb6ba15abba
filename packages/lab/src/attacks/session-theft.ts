import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { receiptTwin } from "./shared/receipt.ts";

export const sessionTheft: Attack = {
  id: "session-theft",
  title: "Read the session with a script that got into the page, and go on with it elsewhere",
  owasp: ["SAS-2", "API2:2023", "CWE-1004"],
  paper: "III.2.C",
  defences: ["function:session-cookie"],
  operation: "signIn",
  target: "session",
  needs: "browser",
  run: async (context) => {
    // What a dependency of the page, or a script that slipped in, can do in any case: ask the browser for what scripts may read.
    const script = "[document.cookie, ...Object.values(localStorage), ...Object.values(sessionStorage)].join('; ')";
    const found = await context.runScript({ client: "alice", script });
    const session = /__Host-session=([^;\s]+)/.exec(found.response.body)?.[0];
    if (session === undefined) return { effect: false, evidence: summary(found) };
    const headers = { ...(await context.session("bob")), cookie: session };
    const read = await context.send({ client: "thief", method: "GET", path: "/page/partner", headers }, "proof");
    const effect = read.response.status === 200 && read.response.body.includes("acme");
    return {
      effect,
      evidence: effect ? "the script hands out alice's session, and the thief is alice" : summary(found),
    };
  },
  twin: (context) => receiptTwin(context, "alice", {}, context.seed.acme.note),
};
