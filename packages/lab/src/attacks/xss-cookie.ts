import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { receiptTwin, SCRIPT_TIMEOUT_MS, stolen } from "./shared/receipt.ts";
import { cookieThief, receiptPath } from "./shared/requests.ts";

export const xssCookie: Attack = {
  id: "xss-cookie",
  title: "Run a script in a customer's browser by a cookie that another page of the domain set (percent-encoded XSS)",
  owasp: ["SAS-7", "CWE-79"],
  paper: "IV.1.D",
  defences: ["edge:script", "edge:patterns"],
  unread: "prod reads no reference from a cookie",
  operation: "getReceipt",
  target: "receipt",
  needs: "browser",
  run: async (context) => {
    const token = context.sink.token();
    const reference = encodeURIComponent(cookieThief(context.sink.url, token));
    const path = receiptPath(context.seed.acme.orderId);
    const page = await context.open({ client: "alice", path, cookies: { reference } });
    const hit = await context.sink.waitFor(token, SCRIPT_TIMEOUT_MS);
    return { effect: hit !== undefined, evidence: hit ? stolen("alice", hit) : summary(page) };
  },
  twin: (context) => receiptTwin(context, "alice", { reference: "PO 4711" }, "PO 4711"),
};
