import rule from "../../../src/rules/eventbridge/eventbridge-bus-policy.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", { name: "orders" }, ["nothing says who may send to it; add aws.cloudwatch.EventBusPolicy"]],
  [
    "violates",
    "boundary: another bus's",
    { name: "orders" },
    ["nothing says who may send to it; add aws.cloudwatch.EventBusPolicy"],
    { others: [resource("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "p", { eventBusName: "others" })] },
  ],
  [
    "passes",
    "its own",
    { name: "orders" },
    [],
    { others: [resource("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "p", { eventBusName: "orders" })] },
  ],
  ["not applicable", "the default bus", { name: "default" }, ["it is the account's own bus"]],
  ["not evaluated", "unknown", { name: UNKNOWN }, ["name: is not known before deployment"]],
]);
