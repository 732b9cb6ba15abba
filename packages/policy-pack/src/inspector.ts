import type { Rule } from "./model.ts";

/**
 * The check of a rule about what Inspector scans.
 *
 * @param kind A resource type of Inspector's, for example `LAMBDA`.
 * @param scanned Types of resources that it is about; without one of them in the stack it does not apply. Default: it always does.
 */
export function scanningCheck(kind: string, scanned: readonly string[] = []): Rule["check"] {
  return ({ props, stack }, verdicts) => {
    if (scanned.length > 0 && !scanned.some((type) => stack.ofType(type).length > 0)) {
      return verdicts.notApplicable("the stack has nothing of the kind");
    }
    if (!props.at("resourceTypes").texts().includes(kind)) {
      verdicts.violation(`it does not scan ${kind}; add it to resourceTypes`);
    }
  };
}
