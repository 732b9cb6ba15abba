import { Refusal } from "../refusal.ts";

/** How much of an XML document is accepted. Lengths are in UTF-16 units unless they say otherwise. */
export interface XmlLimits {
  /** Bytes of the document in UTF-8. */
  maxBytes: number;
  /** Elements inside each other. */
  maxDepth: number;
  /** Elements of the whole document. */
  maxElements: number;
  /** Attributes of one element. */
  maxAttributes: number;
  /** Length of one run of text, of one comment or of one attribute's value. */
  maxText: number;
  /** Length of one name of an element or an attribute. */
  maxName: number;
  /** What may stand before the root element. It is looked at only after each piece that has been read. */
  maxProlog: number;
  /** Milliseconds that reading may take. */
  maxMilliseconds: number;
}

/** The limits of a partner's order feed: 1 MiB holds some 10,000 order lines. */
export const defaultXmlLimits: XmlLimits = {
  maxBytes: 1024 * 1024,
  maxDepth: 8,
  maxElements: 20_000,
  maxAttributes: 8,
  maxText: 4096,
  maxName: 64,
  maxProlog: 4096,
  maxMilliseconds: 1000,
};

/** Counts what a document has used of its limits. Each method throws a Refusal when one is passed. */
export interface XmlBudget {
  /** Before reading: the whole document. Returns its bytes in UTF-8, of which counting is a fiftieth of reading it. */
  document(text: string): number;
  /**
   * After each piece of the document: how much has been read in all, and how much of it belongs to a text, a comment, a name or a
   * document type that has not ended yet. By default nothing.
   */
  read(length: number, pending?: number): void;
  /** At the start of an element. */
  open(name: string): void;
  attribute(name: string, value: string): void;
  /** A run of text, its entities expanded, or a comment. */
  text(value: string): void;
  /** At the end of an element. */
  close(): void;
}

/**
 * A budget for one document.
 *
 * @param limits by default `defaultXmlLimits`
 * @param now milliseconds of a clock that only goes forward
 */
export function createXmlBudget(
  limits: XmlLimits = defaultXmlLimits,
  now: () => number = () => performance.now(),
): XmlBudget {
  const started = now();
  let size = 0;
  let depth = 0;
  let elements = 0;
  let attributes = 0;
  let expanded = 0;

  const hold = (used: number, allowed: number, what: string) => {
    if (used > allowed) throw refuse(`The XML has more than ${allowed} ${what}.`);
  };
  // Text is never longer than its source: an entity that XML itself defines is longer than the character it stands for.
  const expand = (length: number) => {
    expanded += length;
    if (expanded > size) throw refuse("The XML expands to more text than it holds.");
  };

  return {
    document(text) {
      size = text.length;
      const bytes = size > limits.maxBytes ? size : Buffer.byteLength(text);
      if (bytes > limits.maxBytes) throw refuse(`The XML is longer than ${limits.maxBytes} bytes.`, 413);
      return bytes;
    },
    read(length, pending = 0) {
      if (elements === 0) hold(length, limits.maxProlog, "characters before its root element");
      hold(pending, limits.maxText, "characters in a text");
      hold(now() - started, limits.maxMilliseconds, "milliseconds of work in it");
    },
    open(name) {
      hold(name.length, limits.maxName, "characters in a name");
      hold(++elements, limits.maxElements, "elements");
      hold(++depth, limits.maxDepth, "elements inside each other");
      attributes = 0;
    },
    attribute(name, value) {
      hold(++attributes, limits.maxAttributes, "attributes in an element");
      hold(name.length, limits.maxName, "characters in a name");
      hold(value.length, limits.maxText, "characters in an attribute");
      expand(value.length);
    },
    text(value) {
      hold(value.length, limits.maxText, "characters in a text");
      expand(value.length);
    },
    close() {
      depth--;
    },
  };
}

function refuse(detail: string, status = 400): Refusal {
  return new Refusal({ defence: "xml-limits", status, detail });
}
