import rule from "../../../src/rules/ec2/security-group-ingress.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "a database from anywhere",
    {
      ingress: [{ cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"], fromPort: 3306, toPort: 3306, protocol: "tcp" }],
    },
    ["0.0.0.0/0 and ::/0 may reach port 3306; name the source"],
  ],
  [
    "violates",
    "every port, as a rule of its own",
    { cidrIpv4: "0.0.0.0/0", ipProtocol: "-1" },
    ["0.0.0.0/0 may reach every port; name the source"],
    { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" },
  ],
  [
    "violates",
    "a range around a web port",
    { type: "ingress", cidrBlocks: ["0.0.0.0/0"], fromPort: 22, toPort: 443, protocol: "tcp" },
    ["0.0.0.0/0 may reach port 22 to 443; name the source"],
    { type: "aws:ec2/securityGroupRule:SecurityGroupRule" },
  ],
  ["passes", "a web server", { ingress: [{ cidrBlocks: ["0.0.0.0/0"], fromPort: 443, toPort: 443, protocol: "tcp" }] }],
  ["passes", "a network", { ingress: [{ cidrBlocks: ["10.0.0.0/8"], fromPort: 0, toPort: 0, protocol: "-1" }] }],
  [
    "passes",
    "another group",
    { referencedSecurityGroupId: UNKNOWN, ipProtocol: "tcp", fromPort: 1, toPort: 1 },
    [],
    { type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" },
  ],
  [
    "passes",
    "a rule for the other direction",
    { type: "egress", cidrBlocks: ["0.0.0.0/0"] },
    [],
    { type: "aws:ec2/securityGroupRule:SecurityGroupRule" },
  ],
  ["passes", "no rules", {}],
  [
    "not evaluated",
    "unknown",
    { ingress: [{ cidrBlocks: UNKNOWN }] },
    ["ingress[0].cidrBlocks: is not known before deployment"],
  ],
]);
