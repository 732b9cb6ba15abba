import rule from "../../../src/rules/cloudfront/cloudfront-web-acl.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["no web ACL stands in front of it; set webAclId"]],
  ["violates", "boundary: empty", { webAclId: "" }, ["no web ACL stands in front of it; set webAclId"]],
  ["passes", "set", { webAclId: "arn:aws:wafv2:x" }],
  ["passes", "one whose ARN is not known", { webAclId: UNKNOWN }],
]);
