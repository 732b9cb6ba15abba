import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "lambda-network-zones",
  description: "A function in a network must be in two availability zones",
  severity: "medium",
  references: [fsbp("Lambda.5")],
  remediation: "Give vpcConfig.subnetIds subnets of at least two zones",
  url: controlUrl("lambda"),
  appliesTo: ["aws:lambda/function:Function"],
  check: ({ props }, verdicts) => {
    const network = props.at("vpcConfig");
    if (!network.present) return verdicts.notApplicable("it is in no network");
    const subnets = network.at("subnetIds").list().length;
    // Which zone a subnet is in is not among the function's inputs: two subnets are taken for two zones.
    if (subnets < 2) verdicts.violation(`it has ${subnets} subnet; give it subnets of two zones`);
  },
});
