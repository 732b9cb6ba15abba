import rule from "../../../src/rules/apigateway/apigateway-stage-web-acl.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const STAGE_URN = "urn:pulumi:stack::project::aws:apigateway/stage:Stage::subject";

ruleCases(rule, [
  ["violates", "none", {}, ["no web ACL stands in front of it; add aws.wafv2.WebAclAssociation"]],
  [
    "violates",
    "another stage's",
    {},
    ["no web ACL stands in front of it; add aws.wafv2.WebAclAssociation"],
    {
      others: [resource(ASSOCIATION, "a", { resourceArn: UNKNOWN }, { dependencies: { resourceArn: ["urn:other"] } })],
    },
  ],
  [
    "passes",
    "by dependency",
    {},
    [],
    { others: [resource(ASSOCIATION, "a", { resourceArn: UNKNOWN }, { dependencies: { resourceArn: [STAGE_URN] } })] },
  ],
  [
    "passes",
    "by ARN",
    {},
    [],
    { others: [resource(ASSOCIATION, "a", { resourceArn: "arn:aws:apigateway:x::/restapis/a/stages/subject" })] },
  ],
  [
    "not evaluated",
    "an association with who knows what",
    {},
    ["resourceArn of a web ACL's association: is not known before deployment"],
    { others: [resource(ASSOCIATION, "a", { resourceArn: UNKNOWN })] },
  ],
]);
