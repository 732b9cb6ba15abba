import rule from "../../../src/rules/glue/glue-job-encryption.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its files, logs and bookmarks are not encrypted by it; set securityConfiguration"]],
  [
    "violates",
    "boundary: empty",
    { securityConfiguration: "" },
    ["its files, logs and bookmarks are not encrypted by it; set securityConfiguration"],
  ],
  ["passes", "set", { securityConfiguration: "a" }],
  ["passes", "one that is not known", { securityConfiguration: UNKNOWN }],
]);
