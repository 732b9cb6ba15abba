import rule from "../../../src/rules/s3/s3-policy-public.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "everyone",
    { policy: { Statement: [{ Sid: "All", Effect: "Allow", Principal: "*" }] } },
    ["statement All lets everyone into the bucket; name the principals or add a condition"],
  ],
  [
    "violates",
    "a condition that lets everyone in is none",
    {
      policy: {
        Statement: [
          { Effect: "Allow", Principal: { AWS: "*" }, Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } },
        ],
      },
    },
    ["statement 0 lets everyone into the bucket; name the principals or add a condition"],
  ],
  [
    "violates",
    "a denial of one account lets in the others",
    {
      policy: {
        Statement: [{ Effect: "Allow", Principal: "*", Condition: { StringNotEquals: { "aws:SourceAccount": "1" } } }],
      },
    },
    ["statement 0 lets everyone into the bucket; name the principals or add a condition"],
  ],
  [
    "passes",
    "an account, and everyone denied",
    {
      policy: {
        Statement: [
          { Effect: "Allow", Principal: { AWS: "1" } },
          { Effect: "Deny", Principal: "*" },
        ],
      },
    },
  ],
  [
    "passes",
    "everyone of one account",
    {
      policy: {
        Statement: [{ Effect: "Allow", Principal: "*", Condition: { StringEquals: { "AWS:SourceOwner": "1" } } }],
      },
    },
  ],
  ["not applicable", "no policy", {}, ["it has no policy of its own"]],
  ["not evaluated", "unknown", { policy: UNKNOWN }, ["policy: is not known before deployment"]],
  [
    "not evaluated",
    "an unknown principal",
    { policy: { Statement: [{ Effect: "Allow", Principal: { AWS: UNKNOWN } }] } },
    ["policy.Statement[0].Principal.AWS: is not known before deployment"],
  ],
]);
