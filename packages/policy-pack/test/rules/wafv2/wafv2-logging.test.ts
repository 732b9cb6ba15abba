import rule from "../../../src/rules/wafv2/wafv2-logging.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const LOGS = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
const ACL_URN = "urn:pulumi:stack::project::aws:wafv2/webAcl:WebAcl::subject";

ruleCases(rule, [
  ["violates", "none", {}, ["nobody can tell what it blocked; add aws.wafv2.WebAclLoggingConfiguration"]],
  [
    "passes",
    "by ARN",
    {},
    [],
    { others: [resource(LOGS, "l", { resourceArn: "arn:aws:wafv2:x:1:regional/webacl/name/subject" })] },
  ],
  [
    "passes",
    "by dependency",
    {},
    [],
    { others: [resource(LOGS, "l", { resourceArn: UNKNOWN }, { dependencies: { resourceArn: [ACL_URN] } })] },
  ],
  [
    "not evaluated",
    "of who knows which",
    {},
    ["resourceArn of a logging configuration: is not known before deployment"],
    { others: [resource(LOGS, "l", { resourceArn: UNKNOWN })] },
  ],
]);
