import rule from "../../../src/rules/cloudfront/cloudfront-web-acl.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["no web ACL stands in front of it; set webAclId"]],
  ["violates", "boundary: empty", { webAclId: "" }, ["no web ACL stands in front of it; set webAclId"]],
  ["passes", "set", { webAclId: "arn:aws:wafv2:x" }],
  ["passes", "the floor is lowered by its tag", { tags: { "palisade:lowered:firewall": "a draft that nobody sees" } }],
  ["passes", "one whose ARN is not known", { webAclId: UNKNOWN }],
]);
