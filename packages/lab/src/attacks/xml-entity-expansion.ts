import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { feed, importedNotes, importFeed, importTwin } from "./shared/requests.ts";

/**
 * Entities of which each is eight of the one before: 8^3 times 400 characters from a document of less than a kilobyte. Small on
 * purpose: it proves the growth without hurting the machine, and stays under the million bytes from which libxml2 stops it.
 */
const LEVELS = 3;
const WORD = "expansion ".repeat(40);

function bomb(): string {
  const entities = [`<!ENTITY e0 "${WORD}">`];
  for (let level = 1; level <= LEVELS; level += 1) {
    entities.push(`<!ENTITY e${level} "${`&e${level - 1};`.repeat(8)}">`);
  }
  return feed(`&e${LEVELS};`, `<!DOCTYPE orders [${entities.join("")}]>`);
}

export const xmlEntityExpansion: Attack = {
  id: "xml-entity-expansion",
  title: "Make a small XML document grow in the server (entity expansion)",
  owasp: ["SAS-4", "API4:2023", "CWE-776"],
  paper: "III.2.C",
  defences: ["function:xml-doctype", "function:xml-limits", "function:order-schema", "database:column"],
  operation: "importOrders",
  target: "order-import",
  run: async (context) => {
    const document = bomb();
    const answer = await context.send(importFeed(context, document));
    const longest = Math.max(0, ...importedNotes(answer).map((note) => note.length));
    const factor = Math.floor(longest / document.length);
    const effect = factor >= 100;
    return {
      effect,
      evidence: effect ? `${document.length} bytes became a note of ${longest}: ${factor} times` : summary(answer),
    };
  },
  twin: importTwin,
};
