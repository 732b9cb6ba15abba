import rule from "../../../src/rules/lambda/lambda-permission-source.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "no source",
    { principal: "apigateway.amazonaws.com" },
    ["apigateway.amazonaws.com may call the function on anyone's behalf; set sourceArn"],
  ],
  [
    "violates",
    "a bucket without its account",
    { principal: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::b" },
    ["a bucket's ARN names no account; set sourceAccount too"],
  ],
  ["passes", "an ARN that is not known", { principal: "events.amazonaws.com", sourceArn: UNKNOWN }],
  ["passes", "a bucket and its account", { principal: "s3.amazonaws.com", sourceArn: UNKNOWN, sourceAccount: "1" }],
  ["not applicable", "an account", { principal: "111122223333" }, ["the principal is no AWS service"]],
  ["not evaluated", "unknown", { principal: UNKNOWN }, ["principal: is not known before deployment"]],
]);
