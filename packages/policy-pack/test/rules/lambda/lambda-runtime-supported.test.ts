import rule from "../../../src/rules/lambda/lambda-runtime-supported.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "old",
    { runtime: "nodejs18.x" },
    ["the runtime nodejs18.x is not supported; use nodejs24.x, or another supported one"],
  ],
  ["passes", "current", { runtime: "nodejs24.x" }],
  ["passes", "the boundary: the oldest that is supported", { runtime: "nodejs22.x" }],
  ["not applicable", "an image", { packageType: "Image" }, ["an image brings its own runtime"]],
  ["not evaluated", "none", {}, ["runtime: is not set"]],
  ["not evaluated", "unknown", { runtime: UNKNOWN }, ["runtime: is not known before deployment"]],
]);
