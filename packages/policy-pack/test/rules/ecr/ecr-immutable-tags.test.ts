import rule from "../../../src/rules/ecr/ecr-immutable-tags.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["a tag may come to mean another image; set imageTagMutability to IMMUTABLE"]],
  [
    "violates",
    "boundary: MUTABLE",
    { imageTagMutability: "MUTABLE" },
    ["a tag may come to mean another image; set imageTagMutability to IMMUTABLE"],
  ],
  ["passes", "IMMUTABLE", { imageTagMutability: "IMMUTABLE" }],
  ["not evaluated", "unknown", { imageTagMutability: UNKNOWN }, ["imageTagMutability: is not known before deployment"]],
]);
