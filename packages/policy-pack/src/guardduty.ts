import type { Rule } from "./model.ts";
import { UNKNOWN } from "./unknown.ts";

/**
 * The check of a rule about a feature of GuardDuty's: a detector must have it.
 *
 * @param what What the feature does, for the message.
 * @param names Names of the feature; the first is the one to use.
 * @param watched Types of resources that it is about; without one of them in the stack it does not apply. Default: it always does.
 */
export function featureCheck(what: string, names: readonly string[], watched: readonly string[] = []): Rule["check"] {
  return ({ resource, props, stack }, verdicts) => {
    if (props.at("enable").flag() === false) return verdicts.notApplicable("the detector is off");
    if (watched.length > 0 && !watched.some((type) => stack.ofType(type).length > 0)) {
      return verdicts.notApplicable("the stack has nothing of the kind");
    }
    const features = stack
      .referring("aws:guardduty/detectorFeature:DetectorFeature", "detectorId", resource)
      .filter((feature) => names.includes(String(feature.props.name)));
    if (features.some((feature) => feature.props.status === "ENABLED")) return;
    const open = features.find((feature) => feature.props.status === UNKNOWN);
    if (open) return verdicts.notEvaluated(`status of the feature ${open.name}: is not known before deployment`);
    verdicts.violation(`it does not ${what}; add aws.guardduty.DetectorFeature ${names[0]} with the status ENABLED`, {
      floor: `guardduty-${names[0]?.toLowerCase().replaceAll("_", "-")}`,
    });
  };
}
