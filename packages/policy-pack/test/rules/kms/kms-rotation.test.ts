import rule from "../../../src/rules/kms/kms-rotation.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it is never rotated; set enableKeyRotation"]],
  ["passes", "on", { enableKeyRotation: true }],
  ["not applicable", "RSA", { customerMasterKeySpec: "RSA_2048" }, ["AWS does not rotate keys of the kind RSA_2048"]],
  ["not evaluated", "unknown", { enableKeyRotation: UNKNOWN }, ["enableKeyRotation: is not known before deployment"]],
]);
