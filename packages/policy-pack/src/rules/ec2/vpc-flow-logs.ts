import { cis, controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "vpc-flow-logs",
  description: "A network must have flow logs",
  severity: "medium",
  references: [fsbp("EC2.6"), cis("EC2.6"), owaspServerless("SAS-10"), paper("IV.1.D")],
  remediation: "Add aws.ec2.FlowLog with trafficType ALL or REJECT",
  url: controlUrl("ec2"),
  appliesTo: ["aws:ec2/vpc:Vpc", "awsx:ec2:Vpc"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    const logs = stack.referring("aws:ec2/flowLog:FlowLog", "vpcId", resource);
    if (logs.some(({ props }) => props.trafficType !== "ACCEPT")) return;
    // The id of an awsx network is an output, not its own id.
    const open = stack.ofType("aws:ec2/flowLog:FlowLog").filter(({ dependencies }) => !dependencies?.vpcId);
    if (logs.length === 0 && open.length > 0 && resource.type.startsWith("awsx:")) {
      return verdicts.notEvaluated("vpcId of a flow log: is not known to be this network's");
    }
    verdicts.violation("nobody sees what is refused in it; add aws.ec2.FlowLog");
  },
});
