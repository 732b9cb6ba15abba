import rule from "../../../src/rules/sns/sns-encrypted.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its messages are not encrypted; set kmsMasterKeyId"]],
  ["passes", "a key", { kmsMasterKeyId: "alias/aws/sns" }],
  ["passes", "a key whose id is not known", { kmsMasterKeyId: UNKNOWN }],
]);
