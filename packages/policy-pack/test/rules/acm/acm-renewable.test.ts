import rule from "../../../src/rules/acm/acm-renewable.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "imported", { privateKey: UNKNOWN }, ["an imported certificate is not renewed; let ACM issue it"]],
  [
    "violates",
    "boundary: by mail",
    { validationMethod: "EMAIL" },
    ["its renewal waits for a person; set validationMethod to DNS"],
  ],
  ["passes", "by DNS", { validationMethod: "DNS" }],
  ["passes", "of a private authority", { certificateAuthorityArn: "arn" }],
  ["not evaluated", "unknown", { validationMethod: UNKNOWN }, ["validationMethod: is not known before deployment"]],
]);
