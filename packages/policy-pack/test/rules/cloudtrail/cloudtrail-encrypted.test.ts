import rule from "../../../src/rules/cloudtrail/cloudtrail-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its files are not encrypted with a key of yours; set kmsKeyId"]],
  ["passes", "a key that is not known", { kmsKeyId: UNKNOWN }],
  ["not applicable", "off", { enableLogging: false }, ["the trail is off"]],
  ["not evaluated", "unknown", { enableLogging: UNKNOWN }, ["enableLogging: is not known before deployment"]],
]);
