import rule from "../../../src/rules/ec2/security-group-egress.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "everything",
    { egress: [{ cidrBlocks: ["0.0.0.0/0"], fromPort: 0, toPort: 0, protocol: "-1" }] },
    ["everything may leave to 0.0.0.0/0; name destinations and ports"],
  ],
  [
    "violates",
    "a rule of its own; all, in the provider's other word",
    { cidrIpv6: "::/0", ipProtocol: "all" },
    ["everything may leave to ::/0; name destinations and ports"],
    { type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule" },
  ],
  [
    "passes",
    "the boundary: HTTPS to anywhere",
    { egress: [{ cidrBlocks: ["0.0.0.0/0"], fromPort: 443, toPort: 443, protocol: "tcp" }] },
  ],
  ["passes", "none", { egress: [] }],
  ["not evaluated", "unknown", { egress: UNKNOWN }, ["egress: is not known before deployment"]],
]);
