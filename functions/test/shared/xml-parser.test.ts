import { setFlagsFromString } from "node:v8";
import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { FastSaxesParser, type XmlParser } from "../../src/shared/xml-parser.ts";

// V8's own word on how it keeps an object: with fixed places for its properties, or as a hash table.
setFlagsFromString("--allow-natives-syntax");
const hasFastProperties = new Function("object", "return %HasFastProperties(object)") as (object: object) => boolean;

const EVENTS = [
  "error",
  "doctype",
  "processinginstruction",
  "xmldecl",
  "opentagstart",
  "attribute",
  "opentag",
  "text",
  "cdata",
  "comment",
  "closetag",
] as const;

function withEveryHandler<P extends XmlParser>(parser: P): P {
  for (const event of EVENTS) parser.on(event, () => {});
  return parser;
}

/** All that a parser tells of a document that it is given in pieces, faults too, and where it was each time. */
function told(
  parser: XmlParser,
  pieces: readonly string[],
  events: readonly (typeof EVENTS)[number][] = EVENTS,
): string[] {
  const lines: string[] = [];
  const place = () => `${parser.line}:${parser.column} ${parser.columnIndex} ${parser.position}`;
  for (const event of events) {
    parser.on(event, (what: unknown) => {
      lines.push(`${place()} ${event} ${what instanceof Error ? what.message : JSON.stringify(what)}`);
    });
  }
  try {
    for (const piece of pieces) {
      parser.write(piece);
      lines.push(place());
    }
    parser.close();
  } catch (error) {
    // saxes fails at half of a surrogate pair without telling an error.
    lines.push(`${place()} ${error}`);
  }
  return lines;
}

describe("FastSaxesParser", () => {
  test.each([false, true])(
    "keeps its properties in fixed places with every handler added (namespaces: %s)",
    (xmlns) => {
      expect(hasFastProperties(withEveryHandler(new FastSaxesParser(xmlns)).write("<a b='c'>t</a>").close())).toBe(
        true,
      );
    },
  );

  test("without it, saxes becomes a hash table: when this fails, the class is no longer needed", () => {
    expect(hasFastProperties(withEveryHandler(new SaxesParser()))).toBe(false);
  });

  test.each([
    ["<a>text", 4],
    ["<a><!--comment", 7],
    ["<a><name", 4],
    ["<a>&#x41", 4],
    ["<?target", 6],
    ["<a>text</a>", 0],
    ["", 0],
  ])("says how much of %j has not been told yet", (text, pending) => {
    const parser = withEveryHandler(new FastSaxesParser(false));
    parser.write(text);
    expect(parser.pending).toBe(pending);
  });

  const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);
  // Pieces of XML and of what is nearly XML: runs of plain characters, and all that ends one.
  const part = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom("<a>", "</a>", "<b-1 c.d='x y' e:f=\"'\">", "</b-1>", "<a/>", "<é>", "</é>"),
    },
    { weight: 2, arbitrary: fc.stringMatching(/^[ -~\t\n]{0,12}$/) },
    fc.constantFrom(
      "text",
      " \n  ",
      "\r\n",
      "\r",
      "]]>",
      "]]",
      "]",
      ">",
      "&amp;",
      "&#x41;",
      "&no;",
      "&",
      "a\u007fb",
      "\u0085",
      "\u2028",
    ),
    fc.constantFrom(
      "<a b='",
      "'",
      '"',
      " = ",
      "c='1&lt;2'",
      "c='1\n2'",
      "c='1<2'",
      "c='é'",
      "c=1",
      "xmlns:p='u'",
      "<p:q p:r='s'>",
      "\u{1F600}",
    ),
    fc.constantFrom(
      "<!--",
      "-->",
      "<![CDATA[",
      "<?pi ?>",
      "<?xml version='1.1'?>",
      "<!DOCTYPE a>",
      "\u0000",
      "\ufffe",
      "\ud800",
    ),
  );
  const pieces = fc
    .tuple(fc.boolean(), fc.array(part, { maxLength: 16 }), fc.array(fc.nat(40), { maxLength: 8 }))
    .map(([rooted, parts, lengths]) => {
      let rest = (rooted ? "<a>" : "") + parts.join("");
      const cut = lengths.map((length) => {
        const piece = rest.slice(0, length);
        rest = rest.slice(length);
        return piece;
      });
      return [...cut, rest];
    });

  test.each([false, true])("tells of any text what saxes tells, at the same places (namespaces: %s)", (xmlns) => {
    fc.assert(
      fc.property(pieces, (each) => {
        expect(told(new FastSaxesParser(xmlns), each)).toEqual(told(new SaxesParser({ xmlns }), each));
      }),
      { numRuns: RUNS },
    );
  });

  test.each(["<a\nb='c'\n><d\t/></a\n>", "<a\r\n b='c'/>", "<a>\u0080</a>", "<a\u0080/>"])(
    "tells of %j what saxes tells",
    (text) => {
      expect(told(new FastSaxesParser(false), [text])).toEqual(told(new SaxesParser(), [text]));
    },
  );

  test("tells of a character that XML 1.1 forbids in a name, as saxes does", () => {
    const document = ["<?xml version='1.1'?><a\u007fb"];
    const expected = told(new SaxesParser(), document);
    expect(expected).toContain("1:24 24 24 error 1:24: disallowed character.");
    expect(told(new FastSaxesParser(false), document)).toEqual(expected);
  });

  test.each(["<a>one<b>two</b>\nthree</a>", "<a>one &amp; two</a>"])(
    "tells of %j what saxes tells when no one listens to texts",
    (text) => {
      const events = EVENTS.filter((event) => event !== "text");
      expect(told(new FastSaxesParser(false), [text], events)).toEqual(told(new SaxesParser(), [text], events));
    },
  );
});
