import { type SaxesAttributePlain, SaxesParser } from "saxes";
import { refuseDoctype } from "./defences/xml-doctype.ts";
import { createXmlBudget, type XmlBudget } from "./defences/xml-limits.ts";
import { Unanswerable } from "./refusal.ts";

/** A document that is well-formed and not what the reader expects. Its detail repeats nothing of the document. */
export class XmlMismatch extends Error {}

/** What a reader is told of a document, in its order. What it throws ends the reading. */
export interface XmlHandlers {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  /** Text or CDATA, its entities expanded. */
  text(value: string): void;
  close(name: string): void;
}

// So much is read between two looks at the clock.
const PIECE = 16 * 1024;

/**
 * Reads an XML document from a stranger, within limits and without a document type, from beginning to end and without building a
 * tree of it.
 *
 * @param budget by default a new one with the limits of an order feed
 * @throws Refusal of the defences `xml-limits` and `xml-doctype`; Unanswerable with the line and the column: 400 when the document is
 *   not well-formed or says that it is not UTF-8, 422 when a handler throws an XmlMismatch
 */
export function readXml(text: string, handlers: XmlHandlers, budget: XmlBudget = createXmlBudget()): void {
  budget.document(text);
  const parser = new SaxesParser();
  let attributes = new Map<string, string>();
  // The parser goes on after a fault unless it is thrown; its message is left out because it may quote the document.
  parser.on("error", () => {
    throw malformed(parser);
  });
  refuseDoctype(parser);
  parser.on("xmldecl", ({ encoding }) => {
    if (encoding !== undefined && encoding.toUpperCase() !== "UTF-8") throw malformed(parser);
  });
  parser.on("opentagstart", ({ name }) => {
    budget.open(name);
    attributes = new Map();
  });
  parser.on("attribute", ({ name, value }: SaxesAttributePlain) => {
    budget.attribute(name, value);
    attributes.set(name, value);
  });
  parser.on("opentag", ({ name }) => handlers.open(name, attributes));
  const onText = (value: string) => {
    budget.text(value);
    handlers.text(value);
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.on("closetag", ({ name }) => {
    budget.close();
    handlers.close(name);
  });

  try {
    for (let start = 0; start < text.length; start += PIECE) {
      parser.write(text.slice(start, start + PIECE));
      budget.read(Math.min(start + PIECE, text.length));
    }
    parser.close();
  } catch (error) {
    throw error instanceof XmlMismatch ? new Unanswerable(422, `${error.message} ${placeOf(parser)}`) : error;
  }
}

function malformed(parser: SaxesParser): Unanswerable {
  return new Unanswerable(400, `The XML is malformed. ${placeOf(parser)}`);
}

function placeOf(parser: SaxesParser): string {
  return `The fault is before line ${parser.line}, column ${parser.column}.`;
}
