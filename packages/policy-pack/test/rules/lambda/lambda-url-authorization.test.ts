import rule from "../../../src/rules/lambda/lambda-url-authorization.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "NONE",
    { authorizationType: "NONE" },
    ["anyone on the internet may call the URL; set authorizationType to AWS_IAM"],
  ],
  ["passes", "IAM", { authorizationType: "AWS_IAM" }],
  ["not evaluated", "unknown", { authorizationType: UNKNOWN }, ["authorizationType: is not known before deployment"]],
]);
