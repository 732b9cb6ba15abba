import rule from "../../../src/rules/macie/macie-on.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "boundary: PAUSED", { status: "PAUSED" }, ["it looks at nothing; set status to ENABLED"]],
  ["passes", "absent", {}],
  ["passes", "ENABLED", { status: "ENABLED" }],
  ["not evaluated", "unknown", { status: UNKNOWN }, ["status: is not known before deployment"]],
]);
