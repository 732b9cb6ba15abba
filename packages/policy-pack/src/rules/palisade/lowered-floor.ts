import { loweredFloors } from "../../floors.ts";
import { owaspApi, rule } from "../../rule.ts";

/** Every floor that a stack lowers on purpose is seen by whoever reviews it: one finding for each tag. */
export default rule({
  name: "lowered-floor",
  description: "A floor that a component sets must not be lowered unseen",
  severity: "low",
  references: [owaspApi("API8")],
  remediation:
    "Read the reason; take the option out where it no longer holds, or suppress this finding with an expiry date",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/welcome.html",
  appliesTo: ["*"],
  check: ({ resource, props }, verdicts) => {
    const tags = props.at("tags");
    // Reading the tags' keys throws where the tags as a whole are not known.
    if (tags.entries().length === 0) return verdicts.notApplicable("it has no tags");
    for (const [floor, reason] of loweredFloors(resource)) {
      verdicts.violation(`the floor ${floor} is lowered: ${reason}`, { key: floor });
    }
  },
});
