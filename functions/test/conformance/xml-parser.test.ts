import { beforeAll, describe, expect, test, vi } from "vitest";
import { createXmlBudget, defaultXmlLimits } from "../../src/shared/defences/xml-limits.ts";
import { readXml } from "../../src/shared/xml.ts";
import { decode, outcomeOf, type SuiteDocument, suiteDocuments } from "../support/xml-suite.ts";

// The parser alone, as the lab leaves it when it removes both defences.
vi.mock("../../src/shared/defences/xml-doctype.ts", () => ({ refuseDoctype: () => {} }));

const NONE = Number.POSITIVE_INFINITY;
const unlimited = () =>
  createXmlBudget({
    ...defaultXmlLimits,
    maxDepth: NONE,
    maxElements: NONE,
    maxAttributes: NONE,
    maxText: NONE,
    maxName: NONE,
    maxProlog: NONE,
  });

const read = (bytes: Buffer) => readXml(decode(bytes, true), { open() {}, text() {}, close() {} }, unlimited());

/** Well-formed documents without a document type that are refused all the same, and why. */
const REFUSED: Record<string, string> = {
  "o-p04pass1": "its names have several colons: the suite marks it as one for parsers without namespaces",
  "o-p05pass1": "its names have several colons: the suite marks it as one for parsers without namespaces",
  utf16b: "it says that it is UTF-16; a feed is UTF-8",
  utf16l: "it says that it is UTF-16; a feed is UTF-8",
};

/** Documents that are not well-formed and that the parser alone accepts. */
const ACCEPTED: Record<string, string> = {
  "rmt-016": "the fifth edition of XML 1.0 allows its root's name",
  "rmt-019": "the fifth edition of XML 1.0 allows its root's name",
  "hst-lhs-008": "its bytes are UTF-16 and it says UTF-8: the fault is gone when it is text, and its bytes are refused",
};

describe("the parser alone, against the W3C's conformance suite", () => {
  let documents: SuiteDocument[];
  beforeAll(() => {
    documents = suiteDocuments().filter(({ doctype }) => !doctype);
  });

  test("accepts every well-formed document without a document type, but four that are listed", () => {
    const wellFormed = documents.filter(({ type }) => type === "valid" || type === "invalid");
    const refused = wellFormed.filter((document) => outcomeOf(document, read) !== "accepted");
    expect(wellFormed).toHaveLength(78);
    expect(refused.map(({ id }) => id).sort()).toEqual(Object.keys(REFUSED));
  });

  test("refuses every document without a document type that is not well-formed, but three that are listed", () => {
    const faulty = documents.filter(({ type }) => type === "not-wf");
    const accepted = faulty.filter((document) => outcomeOf(document, read) === "accepted");
    expect(faulty.length).toBeGreaterThan(300);
    expect(accepted.map(({ id }) => id)).toEqual(Object.keys(ACCEPTED));
  });
});
