import rule from "../../../src/rules/s3/s3-multi-region-private.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: one of four",
    { details: { publicAccessBlock: { blockPublicPolicy: false } } },
    ["it does not block public access; set blockPublicPolicy of details.publicAccessBlock"],
  ],
  ["passes", "all, written out", { details: { publicAccessBlock: { blockPublicPolicy: true } } }],
  ["passes", "AWS's default", {}],
  [
    "not evaluated",
    "unknown",
    { details: { publicAccessBlock: UNKNOWN } },
    ["details.publicAccessBlock: is not known before deployment"],
  ],
]);
