import rule from "../../../src/rules/redshift/redshift-upgrades.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["passes", "absent: AWS default", {}],
  [
    "violates",
    "boundary: false",
    { allowVersionUpgrade: false },
    ["it keeps the version that it has; leave allowVersionUpgrade on"],
  ],
  ["passes", "boundary: true", { allowVersionUpgrade: true }],
  [
    "not evaluated",
    "unknown",
    { allowVersionUpgrade: UNKNOWN },
    ["allowVersionUpgrade: is not known before deployment"],
  ],
]);
