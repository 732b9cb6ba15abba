import rule from "../../../src/rules/sagemaker/sagemaker-notebook-root.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["its users are root; set rootAccess to Disabled"]],
  ["violates", "boundary: Enabled", { rootAccess: "Enabled" }, ["its users are root; set rootAccess to Disabled"]],
  ["passes", "Disabled", { rootAccess: "Disabled" }],
  ["not evaluated", "unknown", { rootAccess: UNKNOWN }, ["rootAccess: is not known before deployment"]],
]);
