import rule from "../../../src/rules/ec2/default-security-group-closed.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "rules",
    { ingress: [{ self: true }], egress: [{}] },
    ["it has ingress rules; take them out", "it has egress rules; take them out"],
  ],
  ["passes", "none", { ingress: [], egress: [] }],
  ["passes", "absent", {}],
  ["not evaluated", "unknown", { ingress: UNKNOWN }, ["ingress: is not known before deployment"]],
]);
