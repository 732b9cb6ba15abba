import { loweredFloors } from "../../floors.ts";
import type { PolicyResource } from "../../model.ts";
import { Reader } from "../../reader.ts";
import { owaspApi, rule } from "../../rule.ts";

/**
 * Every floor that a stack lowers on purpose is seen by whoever reviews it: one finding for each floor of each component, on the
 * first of the component's resources that has the tag.
 */
export default rule({
  name: "lowered-floor",
  description: "A floor that a component sets must not be lowered unseen",
  severity: "low",
  references: [owaspApi("API8")],
  remediation:
    "Read the reason; take the option out where it no longer holds, or suppress this finding with an expiry date",
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/welcome.html",
  appliesTo: ["*"],
  stack: true,
  check: ({ resource, props, stack }, verdicts) => {
    // Reading the tags' keys throws where the tags as a whole are not known.
    if (props.at("tags").entries().length === 0) return verdicts.notApplicable("it has no tags");
    for (const [floor, reason] of loweredFloors(resource)) {
      const sameFloor = stack.resources.filter(
        (each) => owner(each) === owner(resource) && loweredFloors(each).has(floor),
      );
      const first = sameFloor.map(({ urn }) => urn).sort()[0];
      if (resource.urn === first) verdicts.violation(`the floor ${floor} is lowered: ${reason}`, { key: floor });
    }
  },
});

/** The component that a resource's tags name, else the resource itself. */
function owner({ props, urn }: PolicyResource): string {
  const tags = new Reader(props).at("tags").value as Record<string, unknown> | undefined;
  const name = tags?.["palisade:name"];
  return name === undefined ? urn : `${tags?.["palisade:component"]} ${name}`;
}
