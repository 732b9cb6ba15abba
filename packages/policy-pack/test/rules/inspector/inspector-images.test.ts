import rule from "../../../src/rules/inspector/inspector-images.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "not among them",
    { resourceTypes: ["LAMBDA"] },
    ["it does not scan ECR; add it to resourceTypes"],
    { others: [resource("aws:ecr/repository:Repository", "a", {})] },
  ],
  [
    "passes",
    "boundary: the one",
    { resourceTypes: ["ECR"] },
    [],
    { others: [resource("aws:ecr/repository:Repository", "a", {})] },
  ],
  [
    "not evaluated",
    "unknown",
    { resourceTypes: UNKNOWN },
    ["resourceTypes: is not known before deployment"],
    { others: [resource("aws:ecr/repository:Repository", "a", {})] },
  ],
  ["not applicable", "nothing to scan", { resourceTypes: ["LAMBDA"] }, ["the stack has nothing of the kind"]],
]);
