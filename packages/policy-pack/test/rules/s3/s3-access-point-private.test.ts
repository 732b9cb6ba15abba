import rule from "../../../src/rules/s3/s3-access-point-private.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: one of four",
    { publicAccessBlockConfiguration: { blockPublicPolicy: false } },
    ["it does not block public access; set blockPublicPolicy of publicAccessBlockConfiguration"],
  ],
  ["passes", "all, written out", { publicAccessBlockConfiguration: { blockPublicPolicy: true } }],
  ["passes", "AWS's default", {}],
  [
    "not evaluated",
    "unknown",
    { publicAccessBlockConfiguration: UNKNOWN },
    ["publicAccessBlockConfiguration: is not known before deployment"],
  ],
]);
