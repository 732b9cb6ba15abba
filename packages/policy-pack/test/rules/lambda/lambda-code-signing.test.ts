import rule from "../../../src/rules/lambda/lambda-code-signing.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    ["code that nobody signed is warned of and deployed; set policies.untrustedArtifactOnDeployment to Enforce"],
  ],
  [
    "violates",
    "boundary: Warn",
    { policies: { untrustedArtifactOnDeployment: "Warn" } },
    ["code that nobody signed is warned of and deployed; set policies.untrustedArtifactOnDeployment to Enforce"],
  ],
  ["passes", "Enforce", { policies: { untrustedArtifactOnDeployment: "Enforce" } }],
  ["not evaluated", "unknown", { policies: UNKNOWN }, ["policies: is not known before deployment"]],
]);
