import { describe, expect, test } from "vitest";
import { readXml, XmlMismatch } from "../../src/shared/xml.ts";
import { refusalOf } from "../support/refusals.ts";

function events(text: string): string[] {
  const seen: string[] = [];
  readXml(text, {
    open: (name, attributes) =>
      seen.push(`<${[name, ...Object.entries(attributes).map(([key, value]) => `${key}=${value}`)].join(" ")}>`),
    text: (value) => seen.push(value),
    close: (name) => seen.push(`</${name}>`),
  });
  return seen;
}

describe("readXml", () => {
  test("reads elements, attributes, text and CDATA in their order", () => {
    expect(
      events('<?xml version="1.0" encoding="utf-8"?><a x="1" y="&quot;"><b/>t &amp; u<![CDATA[<c>]]></a>'),
    ).toEqual(['<a x=1 y=">', "<b>", "</b>", "t & u", "<c>", "</a>"]);
  });

  test("reads a comment without telling of it, and no long one", () => {
    expect(events(`<a><!--${"c".repeat(4096)}--></a>`)).toEqual(["<a>", "</a>"]);
    expect(refusalOf(() => events(`<a><!--${"c".repeat(4097)}--></a>`))).toMatchObject({ defence: "xml-limits" });
  });

  test("reads a document that is longer than one piece", () => {
    const seen = events(`<a>${"<b>text</b>".repeat(4000)}</a>`);
    expect(seen.filter((event) => event === "text")).toHaveLength(4000);
  });

  test.each([
    ["<a>\n<b></a>", "The XML is malformed. The fault is before line 2, column 7."],
    ["<a>&secret;</a>", "The XML is malformed. The fault is before line 1, column 11."],
    ["<a>&constructor;</a>", "The XML is malformed. The fault is before line 1, column 16."],
    ["<a x='1' x='2'/>", "The XML is malformed. The fault is before line 1, column 16."],
    ["<a>&#0;</a>", "The XML is malformed. The fault is before line 1, column 7."],
    ["<a/><b/>", "The XML is malformed. The fault is before line 1, column 7."],
    ["", "The XML is malformed. The fault is before line 1, column 0."],
    ["<a>", "The XML is malformed. The fault is before line 1, column 3."],
    ['<?xml version="1.0" encoding="UTF-16"?><a/>', "The XML is malformed. The fault is before line 1, column 39."],
    // Half of a character, where saxes has an error, has none, and fails itself.
    ["<a/>\n\ud800", "The XML is malformed. The fault is before line 2, column 1."],
    ["<!---\ud800", "The XML is malformed. The fault is before line 1, column 6."],
    ["<a>\udc00</a>", "The XML is malformed. The fault is before line 1, column 4."],
    ["<a>\u0000</a>", "The XML is malformed. The fault is before line 1, column 4."],
  ])("refuses %j and says where, never what", (text, detail) => {
    expect(refusalOf(() => events(text))).toEqual({ defence: "", status: 400, detail });
  });

  test("says where a handler found the document to be another than it reads", () => {
    const open = () => {
      throw new XmlMismatch("Not that.");
    };
    expect(refusalOf(() => readXml("<a>\n</a>", { open, text() {}, close() {} }))).toEqual({
      defence: "",
      status: 422,
      detail: "Not that. The fault is before line 1, column 3.",
    });
  });
});

test("attributes are told by their names as they are written, with prefixes and without", () => {
  for (const text of ['<a b="1" c="2"/>', '<a xmlns:p="u" b="1" p:c="2"/>']) {
    const told: Record<string, string>[] = [];
    readXml(text, { open: (_name, attributes) => void told.push({ ...attributes }), text() {}, close() {} });
    expect(told).toEqual([text.includes(":") ? { "xmlns:p": "u", b: "1", "p:c": "2" } : { b: "1", c: "2" }]);
  }
});
