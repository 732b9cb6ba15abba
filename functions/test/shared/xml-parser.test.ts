import { setFlagsFromString } from "node:v8";
import { SaxesParser } from "saxes";
import { describe, expect, test } from "vitest";
import { FastSaxesParser } from "../../src/shared/xml-parser.ts";

// V8's own word on how it keeps an object: with fixed places for its properties, or as a hash table.
setFlagsFromString("--allow-natives-syntax");
const hasFastProperties = new Function("object", "return %HasFastProperties(object)") as (object: object) => boolean;

function withEveryHandler(parser: SaxesParser): SaxesParser {
  for (const event of [
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
  ] as const) {
    parser.on(event, () => {});
  }
  return parser;
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
    const parser = withEveryHandler(new FastSaxesParser(false)) as FastSaxesParser;
    parser.write(text);
    expect(parser.pending).toBe(pending);
  });
});
