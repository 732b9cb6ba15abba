import rule from "../../../src/rules/lambda/lambda-tagged.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", {}, ["it has no tags; nobody can tell whose it is"]],
  ["violates", "the boundary: empty", { tags: {} }, ["it has no tags; nobody can tell whose it is"]],
  ["passes", "one", { tags: { owner: "team" } }],
  ["not evaluated", "unknown", { tags: UNKNOWN }, ["tags: is not known before deployment"]],
]);
