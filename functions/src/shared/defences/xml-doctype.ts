import { Refusal } from "../refusal.ts";
import type { XmlParser } from "../xml-parser.ts";

/**
 * Makes a parser refuse a document type, which is where entities are declared, and processing instructions: an order feed needs
 * neither (OWASP, XML External Entity Prevention Cheat Sheet). Without declarations only the five entities of XML itself exist.
 *
 * @param parser a parser that has read nothing yet; it throws a Refusal 400 from `write`
 */
export function refuseDoctype(parser: XmlParser): void {
  parser.on("doctype", () => {
    throw refuse("The XML must not have a document type.");
  });
  parser.on("processinginstruction", () => {
    throw refuse("The XML must not have processing instructions.");
  });
}

function refuse(detail: string): Refusal {
  return new Refusal({ defence: "xml-doctype", status: 400, detail });
}
