import rule from "../../../src/rules/ec2/vpc-block-public-access.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    [
      "gateways to the internet are open to every network; set internetGatewayBlockMode to block-bidirectional or block-ingress",
    ],
  ],
  [
    "violates",
    "boundary: off",
    { internetGatewayBlockMode: "off" },
    [
      "gateways to the internet are open to every network; set internetGatewayBlockMode to block-bidirectional or block-ingress",
    ],
  ],
  ["passes", "boundary: ingress", { internetGatewayBlockMode: "block-ingress" }],
  ["passes", "both ways", { internetGatewayBlockMode: "block-bidirectional" }],
  [
    "not evaluated",
    "unknown",
    { internetGatewayBlockMode: UNKNOWN },
    ["internetGatewayBlockMode: is not known before deployment"],
  ],
]);
