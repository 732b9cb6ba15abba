import type { EngineLine } from "./commands.ts";
import { heldOutAttacks, heldOutBenign } from "./held-out.ts";
import { type BenchCase, type BenchRequest, type BenchSet, inQuery } from "./requests.ts";

/** Every case, in an order that is the same in every run. */
export function allCases(corpus: readonly EngineLine[], generated: readonly EngineLine["request"][]): BenchCase[] {
  return [
    ...corpus.map((line) => (line.source === "crs" ? crsCase(line) : textCase(line))),
    ...heldOutAttacks(),
    ...heldOutBenign(),
    ...generated.map((line): BenchCase => {
      const { id = "" } = line as { id?: string };
      return { set: "schemathesis", id, attack: false, request: requestOf(line) };
    }),
  ];
}

/** An attack is a test of which the Core Rule Set says that a rule of 941 or 942 at level 1 must fire. */
function crsCase({ id, fires, request }: EngineLine): BenchCase {
  const set: BenchSet = fires.length === 0 ? "crs-negative" : id.startsWith("941") ? "crs-941" : "crs-942";
  return { set, id: `crs ${id}`, attack: fires.length > 0, request: requestOf(request) };
}

/** libinjection's examples are texts: they are searched for. */
function textCase({ id, attack, text }: EngineLine): BenchCase {
  const encoded = [...Buffer.from(text, "base64")].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  return { set: "libinjection", id, attack, request: inQuery(encoded) };
}

function requestOf({ method, uri, version, headers, body }: EngineLine["request"]): BenchRequest {
  return { method, uri, version, headers, body: Buffer.from(body ?? "", "base64") };
}
