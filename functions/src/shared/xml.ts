import type { SaxesAttributeNS } from "saxes";
import { refuseDoctype } from "./defences/xml-doctype.ts";
import { createXmlBudget, type XmlBudget } from "./defences/xml-limits.ts";
import { Unanswerable } from "./refusal.ts";
import { FastSaxesParser, type XmlParser } from "./xml-parser.ts";

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

// So much is read between two looks at the clock and at what is pending, in UTF-16 units.
const PIECE = 16 * 1024;

/**
 * Reads an XML document from a stranger, within limits and without a document type, from beginning to end and without building a
 * tree of it. The rules of Namespaces in XML are held too; names are told as they are written.
 *
 * @param budget by default a new one with the limits of an order feed
 * @throws Refusal of the defences `xml-limits` and `xml-doctype`; Unanswerable with the line and the column: 400 when the document is
 *   not well-formed or says that it is not UTF-8, 422 when a handler throws an XmlMismatch
 */
export function readXml(text: string, handlers: XmlHandlers, budget: XmlBudget = createXmlBudget()): void {
  const encoding = budget.document(text) === text.length ? "latin1" : "utf16le";
  if (!text.isWellFormed()) throw halfCharacter(text);
  // Without a colon no name has a prefix and none can be bound, so that the parser need not look for one.
  const namespaces = text.includes(":");
  const parser = new FastSaxesParser(namespaces);
  // The parser goes on after a fault unless it is thrown; its message is left out because it may quote the document.
  parser.on("error", () => {
    throw malformed(parser);
  });
  refuseDoctype(parser);
  parser.on("xmldecl", ({ encoding }) => {
    if (encoding !== undefined && encoding.toUpperCase() !== "UTF-8") throw malformed(parser);
  });
  parser.on("opentagstart", ({ name }) => budget.open(name));
  parser.on("attribute", ({ name, value }) => budget.attribute(name, value));
  parser.on("opentag", ({ name, attributes }) =>
    handlers.open(name, namespaces ? plain(attributes as NamespacedAttributes) : (attributes as PlainAttributes)),
  );
  const onText = (value: string) => {
    budget.text(value);
    handlers.text(value);
  };
  parser.on("text", onText);
  parser.on("cdata", onText);
  parser.on("comment", (value) => budget.text(value));
  parser.on("closetag", ({ name }) => {
    budget.close();
    handlers.close(name);
  });

  try {
    for (let start = 0; start < text.length; start += PIECE) {
      const end = Math.min(start + PIECE, text.length);
      parser.write(flat(text.slice(start, end), encoding));
      budget.read(end, parser.pending);
    }
    parser.close();
  } catch (error) {
    throw error instanceof XmlMismatch ? new Unanswerable(422, `${error.message} ${placeOf(parser)}`) : error;
  }
}

type Place = Pick<XmlParser, "line" | "column">;
type PlainAttributes = Record<string, string>;
type NamespacedAttributes = Record<string, SaxesAttributeNS>;

function plain(attributes: NamespacedAttributes): PlainAttributes {
  const values: PlainAttributes = Object.create(null);
  for (const name in attributes) values[name] = attributes[name]?.value ?? "";
  return values;
}

// A copy of a piece. V8 keeps a piece as a window on the whole text, and the parser, which looks at it character by character,
// reads through that window a sixth slower.
function flat(piece: string, encoding: "latin1" | "utf16le"): string {
  return Buffer.from(piece, encoding).toString(encoding);
}

// Half of a surrogate pair, which no UTF-8 holds: saxes waits for the other half, and at the end of a document fails without an error of its own.
function halfCharacter(text: string): Unanswerable {
  const lines = text.slice(0, text.search(/\p{Surrogate}/u) + 1).split("\n");
  return malformed({ line: lines.length, column: lines.at(-1)?.length ?? 0 });
}

function malformed(parser: Place): Unanswerable {
  return new Unanswerable(400, `The XML is malformed. ${placeOf(parser)}`);
}

function placeOf(parser: Place): string {
  return `The fault is before line ${parser.line}, column ${parser.column}.`;
}
