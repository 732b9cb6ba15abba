import rule from "../../../src/rules/sagemaker/sagemaker-notebook-network.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it is in AWS's network; set subnetId"]],
  ["violates", "boundary: empty", { subnetId: "" }, ["it is in AWS's network; set subnetId"]],
  ["passes", "set", { subnetId: "a" }],
  ["passes", "one that is not known", { subnetId: UNKNOWN }],
]);
