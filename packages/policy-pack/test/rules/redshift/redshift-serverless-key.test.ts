import rule from "../../../src/rules/redshift/redshift-serverless-key.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it is encrypted with a key of AWS's; set kmsKeyId"]],
  ["violates", "boundary: empty", { kmsKeyId: "" }, ["it is encrypted with a key of AWS's; set kmsKeyId"]],
  ["passes", "a key", { kmsKeyId: "arn:aws:kms:x" }],
  ["passes", "one whose ARN is not known", { kmsKeyId: UNKNOWN }],
]);
