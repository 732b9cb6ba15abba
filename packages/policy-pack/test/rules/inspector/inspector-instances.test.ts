import rule from "../../../src/rules/inspector/inspector-instances.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "not among them",
    { resourceTypes: ["LAMBDA"] },
    ["it does not scan EC2; add it to resourceTypes"],
    { others: [resource("aws:ec2/instance:Instance", "a", {})] },
  ],
  [
    "passes",
    "boundary: the one",
    { resourceTypes: ["EC2"] },
    [],
    { others: [resource("aws:ec2/instance:Instance", "a", {})] },
  ],
  [
    "not evaluated",
    "unknown",
    { resourceTypes: UNKNOWN },
    ["resourceTypes: is not known before deployment"],
    { others: [resource("aws:ec2/instance:Instance", "a", {})] },
  ],
  ["not applicable", "nothing to scan", { resourceTypes: ["LAMBDA"] }, ["the stack has nothing of the kind"]],
]);
