import rule from "../../../src/rules/ec2/network-acl-admin-ports.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "every protocol",
    { ingress: [{ action: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0, ruleNo: 100 }] },
    ["the internet may reach port 22 and 3389; name the source"],
  ],
  [
    "violates",
    "boundary: up to 22",
    { ingress: [{ action: "allow", protocol: "tcp", cidrBlock: "0.0.0.0/0", fromPort: 1, toPort: 22 }] },
    ["the internet may reach port 22; name the source"],
  ],
  [
    "passes",
    "boundary: up to 21",
    { ingress: [{ action: "allow", protocol: "tcp", cidrBlock: "0.0.0.0/0", fromPort: 1, toPort: 21 }] },
  ],
  ["passes", "denied", { ingress: [{ action: "deny", protocol: "-1", cidrBlock: "0.0.0.0/0" }] }],
  [
    "violates",
    "a rule of its own",
    { ruleAction: "allow", protocol: "6", ipv6CidrBlock: "::/0", fromPort: 3389, toPort: 3389, ruleNumber: 1 },
    ["the internet may reach port 3389; name the source"],
    { type: "aws:ec2/networkAclRule:NetworkAclRule" },
  ],
  [
    "not applicable",
    "outwards",
    { egress: true },
    ["it is about what leaves"],
    { type: "aws:ec2/networkAclRule:NetworkAclRule" },
  ],
  ["not evaluated", "unknown", { ingress: UNKNOWN }, ["ingress: is not known before deployment"]],
]);
