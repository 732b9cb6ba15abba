import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { readXml } from "../../src/shared/xml.ts";
import { defusedDocuments } from "../support/defusedxml.ts";
import { refusalOf } from "../support/refusals.ts";

/**
 * Documents that cost their reader far more than their sender. The first eight are of the kinds that defusedxml's tests have
 * (bomb.xml, bomb2.xml, quadratic.xml, cyclic.xml, dtd.xml, external.xml, external_file.xml, and XInclude), written anew.
 */
const laughs = (levels: number, first: string) =>
  `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "${first}">${Array.from(
    { length: levels },
    (_, level) => `<!ENTITY a${level + 1} "${`&a${level};`.repeat(10)}">`,
  ).join("")}]><x>&a${levels};</x>`;
const DOCTYPE = "The XML must not have a document type.";
const BOMBS: Record<string, { text: string; detail: string | RegExp }> = {
  "billion laughs": { text: laughs(9, "lol"), detail: DOCTYPE },
  "a hundred million long texts": { text: laughs(8, "A".repeat(500)), detail: DOCTYPE },
  "quadratic blowup": {
    text: `<!DOCTYPE x [<!ENTITY a "${"A".repeat(50_000)}">]><x>${"&a;".repeat(50_000)}</x>`,
    detail: /^The XML has more than 4096 characters/,
  },
  "an entity of itself": { text: '<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]><x>&a;</x>', detail: DOCTYPE },
  "an external document type": { text: '<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>', detail: DOCTYPE },
  "an external entity": {
    text: '<!DOCTYPE x [<!ENTITY e SYSTEM "http://127.0.0.1:1/e.xml">]><x>&e;</x>',
    detail: DOCTYPE,
  },
  "an entity of a file": { text: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', detail: DOCTYPE },
  "a parameter entity that sends a file away": {
    text: '<!DOCTYPE x [<!ENTITY % f SYSTEM "file:///etc/passwd"><!ENTITY % d SYSTEM "http://127.0.0.1:1/?%f;">%d;]><x/>',
    detail: DOCTYPE,
  },
  "200,000 elements inside each other": {
    text: "<a>".repeat(200_000),
    detail: "The XML has more than 8 elements inside each other.",
  },
  "100,000 attributes": {
    text: `<x ${Array.from({ length: 100_000 }, (_, index) => `a${index}=""`).join(" ")}/>`,
    detail: "The XML has more than 8 attributes in an element.",
  },
  "100,000 elements": { text: `<x>${"<y/>".repeat(100_000)}</x>`, detail: "The XML has more than 20000 elements." },
  "a name of a megabyte": {
    text: `<${"x".repeat(1_000_000)}/>`,
    detail: /^The XML has more than 4096 characters before/,
  },
  "a text of a megabyte": { text: `<x>${"x".repeat(1_000_000)}</x>`, detail: /^The XML has more than 4096 characters/ },
  "a name of a megabyte, inside": { text: `<x><${"x".repeat(1_000_000)}/>`, detail: /^The XML has more than 4096/ },
  "an attribute of a megabyte": { text: `<x a="${"x".repeat(1_000_000)}"/>`, detail: /^The XML has more than 4096/ },
  "a comment of a megabyte, inside": {
    text: `<x><!--${"x".repeat(1_000_000)}--></x>`,
    detail: /^The XML has more than 4096/,
  },
  "a comment of a megabyte": { text: `<!--${"x".repeat(1_000_000)}--><x/>`, detail: /^The XML has more than 4096/ },
  "character references of a megabyte": {
    text: `<x>${"&#x41;".repeat(160_000)}</x>`,
    detail: /^The XML has more than 4096 characters/,
  },
  "two megabytes": { text: `<x>${" ".repeat(2_000_000)}</x>`, detail: "The XML is longer than 1048576 bytes." },
};

// docs/budgets.md: 5 ms and 10 MB. The time has a wide margin here, for a machine that does other work.
const MAX_MILLISECONDS = 50;
const MAX_BYTES = 10 * 1024 * 1024;

describe("documents that cost their reader more than their sender", () => {
  let collect: () => void;
  beforeAll(() => {
    setFlagsFromString("--expose-gc");
    collect = runInNewContext("gc");
  });

  const cost = (text: string, most = MAX_MILLISECONDS) => {
    const read = () => refusalOf(() => readXml(text, { open() {}, text() {}, close() {} })).detail;
    const said = read();
    let milliseconds = Number.POSITIVE_INFINITY;
    let bytes = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 5; round += 1) {
      collect();
      const heap = process.memoryUsage().heapUsed;
      read();
      bytes = Math.min(bytes, process.memoryUsage().heapUsed - heap);
    }
    // The best of many: another program on the machine only ever slows one down.
    for (let round = 0; round < 25 && (round < 5 || milliseconds >= most); round += 1) {
      const start = performance.now();
      read();
      milliseconds = Math.min(milliseconds, performance.now() - start);
    }
    expect(milliseconds).toBeLessThan(most);
    expect(bytes).toBeLessThan(MAX_BYTES);
    return said;
  };

  test.each(Object.entries(BOMBS))("%s: refused, at once and without memory", (_name, { text, detail }) => {
    expect(cost(text)).toMatch(detail);
  });

  test("defusedxml's own: each is refused, at once and without memory, and its two plain documents are read", {
    timeout: 180_000,
  }, () => {
    const plain = ["simple.xml", "simple-ns.xml"];
    const documents = defusedDocuments();
    const names = Object.keys(documents).sort();
    expect(names).toEqual([
      ...["cyclic.xml", "dtd.xml", "external.xml", "external_file.xml", "quadratic.xml", "simple-ns.xml", "simple.xml"],
      ...["xalan_exec.xsl", "xalan_write.xsl", "xmlbomb.xml", "xmlbomb2.xml"],
    ]);
    const bombs = names.filter((name) => name.endsWith(".xml") && !plain.includes(name));
    const said = bombs.map((name) => cost(String(documents[name]), 5));
    expect(Object.fromEntries(bombs.map((name, index) => [name, said[index]]))).toEqual({
      "cyclic.xml": DOCTYPE,
      "dtd.xml": DOCTYPE,
      "external.xml": DOCTYPE,
      "external_file.xml": DOCTYPE,
      "quadratic.xml": "The XML has more than 4096 characters before its root element.",
      "xmlbomb.xml": DOCTYPE,
      "xmlbomb2.xml": DOCTYPE,
    });
    const seen: string[] = [];
    const handlers = { open: (name: string) => seen.push(name), text() {}, close() {} };
    readXml(String(documents["simple.xml"]), handlers);
    expect(seen).toEqual(["root", "element", "element", "empty-element"]);
    // The other has an instruction before its root.
    expect(cost(String(documents["simple-ns.xml"]))).toBe("The XML must not have processing instructions.");
    readXml(String(documents["simple-ns.xml"]).replace("<?pi data?>", ""), handlers);
    expect(seen).toHaveLength(8);
  });

  test("XInclude is read as the data that it is: nothing is fetched", () => {
    const seen: string[] = [];
    const text =
      '<x xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></x>';
    readXml(text, { open: (name) => seen.push(name), text: (value) => seen.push(value), close() {} });
    expect(seen).toEqual(["x", "xi:include"]);
  });
});
