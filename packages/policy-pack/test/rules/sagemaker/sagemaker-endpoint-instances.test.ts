import rule from "../../../src/rules/sagemaker/sagemaker-endpoint-instances.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "boundary: one",
    { productionVariants: [{ initialInstanceCount: 1 }] },
    ["a variant has 1 instance; set initialInstanceCount to 2 or more"],
  ],
  ["passes", "boundary: two", { productionVariants: [{ initialInstanceCount: 2 }] }],
  ["not applicable", "serverless", { productionVariants: [{ serverlessConfig: {} }] }, ["its variants are serverless"]],
  [
    "not evaluated",
    "unknown",
    { productionVariants: [{ initialInstanceCount: UNKNOWN }] },
    ["productionVariants[0].initialInstanceCount: is not known before deployment"],
  ],
]);
