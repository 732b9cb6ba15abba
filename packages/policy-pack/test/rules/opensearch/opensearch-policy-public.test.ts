import rule from "../../../src/rules/opensearch/opensearch-policy-public.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "everyone",
    {
      accessPolicies: JSON.stringify({ Statement: [{ Sid: "All", Effect: "Allow", Principal: "*", Action: "es:*" }] }),
    },
    ["statement All lets everyone read and change its indices; name the principals or add a condition"],
  ],
  [
    "passes",
    "boundary: a role",
    {
      accessPolicies: JSON.stringify({
        Statement: [
          { Sid: "All", Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:role/a" }, Action: "es:*" },
        ],
      }),
    },
  ],
  ["not applicable", "none", {}, ["it has no policy of its own"]],
  ["not evaluated", "unknown", { accessPolicies: UNKNOWN }, ["accessPolicies: is not known before deployment"]],
]);
