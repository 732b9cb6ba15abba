import { type SaxesAttributePlain, SaxesParser, type SaxesTagPlain } from "saxes";
import { refuseDoctype } from "./defences/xml-doctype.ts";
import { createXmlBudget, type XmlBudget } from "./defences/xml-limits.ts";
import { Unanswerable } from "./refusal.ts";

/** A document that is well-formed and not what the reader expects. Its detail repeats nothing of the document. */
export class XmlMismatch extends Error {}

/** What a reader is told of a document, in its order. What it throws ends the reading. */
export interface XmlHandlers {
  /** The attributes are an object without a prototype. */
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  /** Text or CDATA, its entities expanded. */
  text(value: string): void;
  close(name: string): void;
}

// So much is read between two looks at the clock, in UTF-16 units.
const PIECE = 64 * 1024;

/**
 * saxes' parser, with a place for each handler from the beginning. `on` adds handlers under computed names, and V8 (Node 24) turns an
 * object that gets eight of them so into a hash table: the parser then reads a fifth as fast, which a test holds.
 */
class Parser extends SaxesParser {
  constructor() {
    super();
    const handlers = this as unknown as Record<string, unknown>;
    handlers.openTagStartHandler = undefined;
    handlers.attributeHandler = undefined;
    handlers.openTagHandler = undefined;
    handlers.textHandler = undefined;
    handlers.cdataHandler = undefined;
    handlers.closeTagHandler = undefined;
    handlers.errorHandler = undefined;
    handlers.doctypeHandler = undefined;
    handlers.piHandler = undefined;
    handlers.xmldeclHandler = undefined;
  }
}

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
  const parser = new Parser();
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
  });
  parser.on("attribute", ({ name, value }: SaxesAttributePlain) => budget.attribute(name, value));
  parser.on("opentag", ({ name, attributes }: SaxesTagPlain) => handlers.open(name, attributes));
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
      const end = Math.min(start + PIECE, text.length);
      // V8 makes a flat copy of a text that is joined of two, which is read faster than a slice of the whole.
      parser.write(`${text.slice(start, end - 1)}${text.slice(end - 1, end)}`);
      budget.read(end);
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
