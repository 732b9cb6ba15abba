import type { XmlBudget } from "@palisade/functions/src/shared/defences/xml-limits";

export {
  defaultXmlLimits,
  type XmlBudget,
  type XmlLimits,
} from "@palisade/functions/src/shared/defences/xml-limits";

/** Stands in for `xml-limits`: a budget that is never used up. */
export function createXmlBudget(): XmlBudget {
  return { document: (text) => Buffer.byteLength(text), read() {}, open() {}, attribute() {}, text() {}, close() {} };
}
