import rule from "../../../src/rules/iam/iam-no-access-keys.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "a key", {}, ["the key never expires, and is in the stack's state; use a role"]],
  ["passes", "not active", { status: "Inactive" }],
  ["not evaluated", "unknown", { status: UNKNOWN }, ["status: is not known before deployment"]],
]);
