import { controlUrl, fsbp, rule } from "../../rule.ts";

/** A component with other parts says whose availability it is. */
const FLOOR = /^(?:[a-z-]+-)?availability$/;

export default rule({
  name: "opensearch-three-nodes",
  description: "A search domain must have three data nodes in several zones",
  severity: "medium",
  references: [fsbp("OpenSearch.6")],
  remediation: "Set clusterConfig.instanceCount to 3 or more and zoneAwarenessEnabled",
  url: controlUrl("opensearch"),
  appliesTo: ["aws:opensearch/domain:Domain"],
  check: ({ props }, verdicts) => {
    const cluster = props.at("clusterConfig");
    const nodes = cluster.at("instanceCount").number() ?? 1;
    const details = { floor: FLOOR };
    if (nodes < 3)
      verdicts.violation(`it has ${nodes} data nodes; set clusterConfig.instanceCount to 3 or more`, details);
    else if (cluster.at("zoneAwarenessEnabled").flag() !== true) {
      verdicts.violation("its nodes may be in one zone; set clusterConfig.zoneAwarenessEnabled", details);
    }
  },
});
