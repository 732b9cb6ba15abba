import type { XmlBudget } from "../../../../functions/src/shared/defences/xml-limits.ts";

export {
  defaultXmlLimits,
  type XmlBudget,
  type XmlLimits,
} from "../../../../functions/src/shared/defences/xml-limits.ts";

/** Stands in for `xml-limits`: a budget that is never used up. */
export function createXmlBudget(): XmlBudget {
  return { document() {}, read() {}, open() {}, attribute() {}, text() {}, close() {} };
}
