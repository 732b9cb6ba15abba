import rule from "../../../src/rules/sagemaker/sagemaker-notebook-platform.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    {},
    [
      "it runs on notebook-al1-v1, which gets no more fixes; set platformIdentifier to notebook-al2-v3 or notebook-al2023-v1",
    ],
  ],
  [
    "violates",
    "boundary: the one before",
    { platformIdentifier: "notebook-al2-v2" },
    [
      "it runs on notebook-al2-v2, which gets no more fixes; set platformIdentifier to notebook-al2-v3 or notebook-al2023-v1",
    ],
  ],
  ["passes", "supported", { platformIdentifier: "notebook-al2-v3" }],
  ["not evaluated", "unknown", { platformIdentifier: UNKNOWN }, ["platformIdentifier: is not known before deployment"]],
]);
