import rule from "../../../src/rules/rds/rds-event-categories.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "off", { enabled: false }, ["it tells nothing; leave enabled on"]],
  [
    "violates",
    "boundary: one is missing",
    { sourceType: "db-cluster", eventCategories: ["failure"] },
    ["it leaves out maintenance; add them to eventCategories"],
  ],
  ["passes", "all that matter", { sourceType: "db-cluster", eventCategories: ["failure", "maintenance"] }],
  ["passes", "every event of every source", {}],
  ["not evaluated", "unknown", { eventCategories: UNKNOWN }, ["eventCategories: is not known before deployment"]],
]);
