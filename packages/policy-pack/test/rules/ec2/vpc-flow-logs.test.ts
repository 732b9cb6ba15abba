import rule from "../../../src/rules/ec2/vpc-flow-logs.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const LOG = "aws:ec2/flowLog:FlowLog";
const VPC_URN = "urn:pulumi:stack::project::aws:ec2/vpc:Vpc::subject";

ruleCases(rule, [
  ["violates", "none", {}, ["nobody sees what is refused in it; add aws.ec2.FlowLog"]],
  [
    "violates",
    "what is accepted only",
    {},
    ["nobody sees what is refused in it; add aws.ec2.FlowLog"],
    { others: [resource(LOG, "l", { vpcId: "subject", trafficType: "ACCEPT" })] },
  ],
  ["passes", "all", {}, [], { others: [resource(LOG, "l", { vpcId: "subject", trafficType: "ALL" })] }],
  [
    "passes",
    "by dependency",
    {},
    [],
    { others: [resource(LOG, "l", { vpcId: UNKNOWN, trafficType: "REJECT" }, { dependencies: { vpcId: [VPC_URN] } })] },
  ],
  [
    "not evaluated",
    "an awsx network, whose id is an output",
    {},
    ["vpcId of a flow log: is not known to be this network's"],
    { type: "awsx:ec2:Vpc", others: [resource(LOG, "l", { vpcId: "vpc-1" })] },
  ],
]);
