import { SaxesParser } from "saxes";
import { expect, test } from "vitest";
import { refuseDoctype } from "../../../src/shared/defences/xml-doctype.ts";
import { refusalOf } from "../../support/refusals.ts";

const read = (text: string) => {
  const parser = new SaxesParser();
  refuseDoctype(parser);
  parser.write(text).close();
};

test("lets a document without them pass", () => {
  expect(() => read('<?xml version="1.0"?><!-- <!DOCTYPE a> --><a><![CDATA[<!DOCTYPE a>]]></a>')).not.toThrow();
});

test.each([
  '<!DOCTYPE a [<!ENTITY file SYSTEM "file:///etc/passwd">]><a>&file;</a>',
  '<!DOCTYPE a SYSTEM "http://127.0.0.1/evil.dtd"><a/>',
  '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1/p"> %p;]><a/>',
  "<!DOCTYPE a><a/>",
])("refuses %s", (text) => {
  expect(refusalOf(() => read(text))).toEqual({
    defence: "xml-doctype",
    status: 400,
    detail: "The XML must not have a document type.",
  });
});

test.each(['<?xml-stylesheet href="http://127.0.0.1/x.xsl"?><a/>', "<a><?php system('id') ?></a>"])(
  "refuses %s",
  (text) => {
    expect(refusalOf(() => read(text))).toEqual({
      defence: "xml-doctype",
      status: 400,
      detail: "The XML must not have processing instructions.",
    });
  },
);
