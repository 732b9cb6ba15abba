import rule from "../../../src/rules/sagemaker/sagemaker-notebook-internet.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "absent", {}, ["it reaches the internet past your network; set directInternetAccess to Disabled"]],
  [
    "violates",
    "boundary: Enabled",
    { directInternetAccess: "Enabled" },
    ["it reaches the internet past your network; set directInternetAccess to Disabled"],
  ],
  ["passes", "Disabled", { directInternetAccess: "Disabled" }],
  [
    "not evaluated",
    "unknown",
    { directInternetAccess: UNKNOWN },
    ["directInternetAccess: is not known before deployment"],
  ],
]);
