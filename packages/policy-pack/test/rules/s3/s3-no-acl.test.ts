import rule from "../../../src/rules/s3/s3-no-acl.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "public", { acl: "public-read" }, ["the ACL public-read shares it; use the bucket's policy"]],
  ["violates", "grants", { accessControlPolicy: {} }, ["an ACL shares it; use the bucket's policy"]],
  ["passes", "private", { acl: "private" }],
  ["passes", "a bucket without one", {}, [], { type: "aws:s3/bucket:Bucket" }],
  ["not evaluated", "unknown", { acl: UNKNOWN }, ["acl: is not known before deployment"]],
]);
