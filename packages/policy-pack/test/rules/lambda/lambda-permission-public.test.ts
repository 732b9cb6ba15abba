import rule from "../../../src/rules/lambda/lambda-permission-public.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "everyone", { principal: "*" }, ["everyone may call the function with any account; name the principal"]],
  [
    "violates",
    "everyone, by URL",
    { principal: "*", functionUrlAuthType: "NONE" },
    ["everyone may call the function through its URL, unsigned; name the principal"],
  ],
  ["passes", "an organization", { principal: "*", principalOrgId: "o-1" }],
  ["passes", "a source", { principal: "*", sourceArn: UNKNOWN }],
  ["passes", "a service", { principal: "sns.amazonaws.com" }],
  ["not evaluated", "unknown", { principal: UNKNOWN }, ["principal: is not known before deployment"]],
]);
