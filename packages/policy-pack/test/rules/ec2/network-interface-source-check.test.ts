import rule from "../../../src/rules/ec2/network-interface-source-check.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["passes", "absent", {}],
  [
    "violates",
    "boundary: off",
    { sourceDestCheck: false },
    ["it takes and sends what is not addressed to it; leave sourceDestCheck on"],
  ],
  ["passes", "boundary: on", { sourceDestCheck: true }],
  ["not evaluated", "unknown", { sourceDestCheck: UNKNOWN }, ["sourceDestCheck: is not known before deployment"]],
]);
