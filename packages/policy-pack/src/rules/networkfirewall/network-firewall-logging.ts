import { Reader } from "../../reader.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";

/** Whether a configuration sends logs anywhere; one that is not known counts as one, and is told of as not evaluated. */
function hasDestination({ loggingConfiguration }: Record<string, unknown>): boolean {
  if (loggingConfiguration === UNKNOWN) return true;
  return new Reader(loggingConfiguration).at("logDestinationConfigs").list().length > 0;
}

export default rule({
  name: "network-firewall-logging",
  description: "A network firewall must log",
  severity: "medium",
  references: [fsbp("NetworkFirewall.2"), owaspServerless("SAS-10")],
  remediation: "Add aws.networkfirewall.LoggingConfiguration for it",
  url: controlUrl("networkfirewall"),
  appliesTo: ["aws:networkfirewall/firewall:Firewall"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    const found = stack.referring(
      "aws:networkfirewall/loggingConfiguration:LoggingConfiguration",
      "firewallArn",
      resource,
    );
    verdicts.each(
      found,
      ({ props }) => void new Reader(props).get("loggingConfiguration.logDestinationConfigs").list(),
    );
    if (!found.some(({ props }) => hasDestination(props)))
      verdicts.violation("what it drops leaves no trace; add aws.networkfirewall.LoggingConfiguration");
  },
});
