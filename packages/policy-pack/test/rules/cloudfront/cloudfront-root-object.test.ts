import rule from "../../../src/rules/cloudfront/cloudfront-root-object.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    { origins: [{ domainName: "a.s3.amazonaws.com" }] },
    ["a request for / may list the bucket; set defaultRootObject"],
  ],
  [
    "violates",
    "boundary: empty",
    { origins: [{ domainName: "a.s3.amazonaws.com" }], defaultRootObject: "" },
    ["a request for / may list the bucket; set defaultRootObject"],
  ],
  ["passes", "set", { origins: [{ domainName: "a.s3.amazonaws.com" }], defaultRootObject: "index.html" }],
  [
    "not applicable",
    "an API alone",
    { origins: [{ domainName: "api.example.com", customOriginConfig: {} }] },
    ["no bucket is behind it"],
  ],
  ["not evaluated", "unknown", { origins: UNKNOWN }, ["origins: is not known before deployment"]],
]);
