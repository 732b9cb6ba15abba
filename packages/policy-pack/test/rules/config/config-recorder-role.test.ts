import rule from "../../../src/rules/config/config-recorder-role.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "a role of its own",
    { roleArn: "arn:aws:iam::111122223333:role/config" },
    ["its role is not the service-linked one; set roleArn to AWSServiceRoleForConfig's"],
  ],
  [
    "violates",
    "boundary: a name that only begins so",
    { roleArn: "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig2" },
    ["its role is not the service-linked one; set roleArn to AWSServiceRoleForConfig's"],
  ],
  [
    "passes",
    "the service's",
    { roleArn: "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig" },
  ],
  ["not evaluated", "unknown", { roleArn: UNKNOWN }, ["roleArn: is not known before deployment"]],
]);
