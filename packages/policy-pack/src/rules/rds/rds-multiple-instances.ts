import type { PolicyResource } from "../../model.ts";
import { cis, controlUrl, fsbp, rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";

export default rule({
  name: "rds-multiple-instances",
  description: "A cluster must have instances in two zones",
  severity: "medium",
  references: [fsbp("RDS.15"), fsbp("RDS.5"), cis("RDS.15")],
  remediation: "Add a second aws.rds.ClusterInstance",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/cluster:Cluster"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    const instances = stack.referring("aws:rds/clusterInstance:ClusterInstance", "clusterIdentifier", resource);
    // Aurora places the instances of a cluster in different zones of its subnet group.
    if (instances.length > 1) return;
    verdicts.violation(`it has ${instances.length} instance(s), and no other zone to fail over to; add a second`, {
      floor: "multiple-instances",
    });
    if (stack.ofType("aws:rds/clusterInstance:ClusterInstance").some(isOpen)) {
      verdicts.notEvaluated("clusterIdentifier of an instance: is not known before deployment");
    }
  },
});

function isOpen({ props, dependencies }: PolicyResource): boolean {
  return props.clusterIdentifier === UNKNOWN && !dependencies?.clusterIdentifier;
}
