import rule from "../../../src/rules/ec2/vpc-endpoint-policy.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["anybody's data may leave through it to anybody's account; set policy"]],
  [
    "violates",
    "boundary: AWS's default written out",
    {
      policy: JSON.stringify({
        Statement: [{ Sid: "All", Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
      }),
    },
    ["statement All lets everything through; name actions and resources"],
  ],
  [
    "passes",
    "one service's action",
    {
      policy: JSON.stringify({
        Statement: [{ Sid: "All", Effect: "Allow", Principal: "*", Action: "dynamodb:GetItem", Resource: "*" }],
      }),
    },
  ],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
]);
