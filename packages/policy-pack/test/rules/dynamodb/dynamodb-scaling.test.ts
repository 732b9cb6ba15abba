import rule from "../../../src/rules/dynamodb/dynamodb-scaling.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const TARGET = "aws:appautoscaling/target:Target";

ruleCases(rule, [
  ["violates", "fixed", { billingMode: "PROVISIONED" }, ["its capacity is fixed; set billingMode to PAY_PER_REQUEST"]],
  ["violates", "absent", {}, ["its capacity is fixed; set billingMode to PAY_PER_REQUEST"]],
  ["passes", "on demand", { billingMode: "PAY_PER_REQUEST" }],
  [
    "passes",
    "scaled",
    {},
    [],
    { others: [resource(TARGET, "t", { serviceNamespace: "dynamodb", resourceId: "table/subject" })] },
  ],
  [
    "not evaluated",
    "a target of who knows which table",
    {},
    ["resourceId of a scaling target: is not known before deployment"],
    { others: [resource(TARGET, "t", { serviceNamespace: "dynamodb", resourceId: UNKNOWN })] },
  ],
  ["not evaluated", "unknown", { billingMode: UNKNOWN }, ["billingMode: is not known before deployment"]],
]);
