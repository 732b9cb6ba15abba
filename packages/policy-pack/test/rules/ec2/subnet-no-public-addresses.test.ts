import rule from "../../../src/rules/ec2/subnet-no-public-addresses.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "true",
    { mapPublicIpOnLaunch: true },
    ["whatever starts in it gets a public address; set mapPublicIpOnLaunch to false"],
  ],
  ["passes", "absent: AWS's default is safe", {}],
  ["passes", "false", { mapPublicIpOnLaunch: false }],
  ["passes", "false, as text", { mapPublicIpOnLaunch: "false" }],
  [
    "not evaluated",
    "unknown",
    { mapPublicIpOnLaunch: UNKNOWN },
    ["mapPublicIpOnLaunch: is not known before deployment"],
  ],
  [
    "not evaluated",
    "wrong type",
    { mapPublicIpOnLaunch: [1] },
    ["mapPublicIpOnLaunch: is a list, where the rule expects a boolean"],
  ],
]);
