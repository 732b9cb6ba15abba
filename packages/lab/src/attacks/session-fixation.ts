import type { Attack } from "../attack.ts";
import { field, served, summary } from "../exchange.ts";
import { get, JSON_BODY, order, twin } from "./shared/requests.ts";
import { cookieIn, keyOf, OF_PAGE, sessionSetBy, signInRequest } from "./shared/sessions.ts";

const NOTE = "alice's confidential order";

export const sessionFixation: Attack = {
  id: "session-fixation",
  title: "Put one's own session into a browser, and read what its owner does after she has signed in",
  owasp: ["SAS-2", "API2:2023", "CWE-384"],
  paper: "III.2.C",
  defences: ["function:fresh-session"],
  operation: "signIn",
  target: "session",
  run: async (context) => {
    // Bob has had a moment at alice's browser, or a host of his own below the same domain.
    const planted = (await context.session("bob")).cookie;
    const signedIn = await context.send(signInRequest(context, "alice", planted));
    const session = sessionSetBy(signedIn) ?? cookieIn(planted, "session");
    const headers = { ...keyOf(context), ...OF_PAGE, ...JSON_BODY, cookie: `__Host-session=${session}` };
    const body = JSON.stringify({ ...order(), note: NOTE });
    const placed = await context.send(
      { client: "alice", method: "POST", path: "/page/orders", headers, body },
      "proof",
    );
    const id = field(placed, "id");
    if (!served(placed) || typeof id !== "string") return { effect: false, evidence: summary(signedIn) };
    // As bob, not as the session: what reads it is what the gateway lets bob read.
    const read = await context.send(get(context, "bob", `/orders/${id}`), "proof");
    const effect = field(placed, "companyId") === "globex" && field(read, "note") === NOTE;
    return {
      effect,
      evidence: effect ? "alice signed in, and her order is globex's: bob reads it" : summary(signedIn),
    };
  },
  twin: async (context) => {
    const answer = await context.send(signInRequest(context, "alice", "__Host-session=of-last-week"), "twin");
    const session = sessionSetBy(answer);
    return twin(answer, session !== undefined, "alice signs in, with what is left of an old session in her browser");
  },
};
