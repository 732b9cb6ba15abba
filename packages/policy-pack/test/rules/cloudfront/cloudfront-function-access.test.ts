import rule from "../../../src/rules/cloudfront/cloudfront-function-access.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    { origins: [{ originId: "f", domainName: "a.lambda-url.eu-central-1.on.aws" }] },
    ["the function URL of the origin f must be public for it; set originAccessControlId"],
  ],
  [
    "violates",
    "boundary: empty",
    { origins: [{ originId: "f", domainName: "a.lambda-url.x.on.aws", originAccessControlId: "" }] },
    ["the function URL of the origin f must be public for it; set originAccessControlId"],
  ],
  ["passes", "set", { origins: [{ originId: "f", domainName: "a.lambda-url.x.on.aws", originAccessControlId: "E1" }] }],
  ["not applicable", "none", { origins: [{ domainName: "api.example.com" }] }, ["no function URL is behind it"]],
  [
    "not evaluated",
    "unknown",
    { origins: [{ domainName: UNKNOWN }] },
    ["origins[0].domainName: is not known before deployment"],
  ],
]);
