import { beforeAll, describe, expect, test } from "vitest";
import { bodyText } from "../../src/shared/body.ts";
import { readXml } from "../../src/shared/xml.ts";
import { outcomeOf, type SuiteDocument, suiteDocuments } from "../support/xml-suite.ts";

/**
 * The XML conformance suite of the W3C against what stands before an order feed: bytes, UTF-8, the limits, no document type, saxes.
 */
const read = (bytes: Buffer) =>
  readXml(bodyText({ body: bytes.toString("base64"), isBase64Encoded: true }), { open() {}, text() {}, close() {} });

// Documents that the suite calls not well-formed, and that are accepted. Their root's name has a character that the fifth edition of
// XML 1.0 allows (section 2.3, production 4) and the fourth, of which the suite is, did not.
const FIFTH_EDITION = ["rmt-016", "rmt-019"];

describe("the W3C's conformance suite", () => {
  let documents: SuiteDocument[];
  beforeAll(() => {
    documents = suiteDocuments();
  });

  test("holds 2,585 documents, of which 1,498 are not well-formed", () => {
    expect(documents).toHaveLength(2585);
    expect(documents.filter(({ type }) => type === "not-wf")).toHaveLength(1498);
  });

  test("of the documents that are not well-formed, 1,496 are refused", () => {
    const accepted = documents
      .filter(({ type }) => type === "not-wf")
      .filter((document) => outcomeOf(document, read) === "accepted");
    expect(accepted.map(({ id }) => id)).toEqual(FIFTH_EDITION);
  });

  test("no document with a document type is accepted, well-formed or not", () => {
    const withType = documents.filter(({ doctype }) => doctype);
    expect(withType.length).toBeGreaterThan(2000);
    expect(withType.filter((document) => outcomeOf(document, read) === "accepted").map(({ id }) => id)).toEqual([]);
  });

  test("every well-formed document without a document type is accepted, but where it says more than an order feed may", () => {
    const refused: Record<string, string[]> = {};
    const wellFormed = documents.filter(({ type, doctype }) => (type === "valid" || type === "invalid") && !doctype);
    for (const document of wellFormed) {
      const outcome = outcomeOf(document, read);
      if (outcome !== "accepted") refused[outcome] = [...(refused[outcome] ?? []), document.id];
    }
    expect(wellFormed).toHaveLength(78);
    expect(refused).toEqual({
      // UTF-16: a feed is UTF-8 (RFC 7303 has it for all that is new), and is decoded as nothing else.
      "The encoded data was not valid for encoding utf-8": ["utf16b", "utf16l"],
      // Names that begin with a colon or have two: well-formed in XML 1.0, and not in Namespaces in XML, which is held too.
      "The XML is malformed.": ["o-p04pass1", "o-p05pass1"],
      "xml-doctype: The XML must not have processing instructions.": [
        ...["o-p01pass3", "o-p16pass1", "o-p16pass2", "o-p16pass3", "o-p22pass3", "o-p27pass2", "o-p27pass4"],
        ..."06 07 08 09 10 11 12".split(" ").map((number) => `ibm-invalid-P89-ibm89n${number}.xml`),
      ],
    });
  });

  test("no document is refused for another reason than the ones that are ours to give", () => {
    const reasons = new Set(documents.map((document) => outcomeOf(document, read)));
    expect([...reasons].sort()).toEqual([
      "The XML is malformed.",
      "The encoded data was not valid for encoding utf-8",
      "accepted",
      "xml-doctype: The XML must not have a document type.",
      "xml-doctype: The XML must not have processing instructions.",
    ]);
  });
});
