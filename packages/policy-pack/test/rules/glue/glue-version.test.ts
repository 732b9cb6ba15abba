import rule from "../../../src/rules/glue/glue-version.ts";
import { ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  [
    "violates",
    "absent",
    { command: {} },
    ["it runs on Glue 0.9, which gets no more fixes; set glueVersion to 3.0 or later"],
  ],
  [
    "violates",
    "boundary: 2.0",
    { command: {}, glueVersion: "2.0" },
    ["it runs on Glue 2, which gets no more fixes; set glueVersion to 3.0 or later"],
  ],
  ["passes", "boundary: 3.0", { command: {}, glueVersion: "3.0" }],
  [
    "not applicable",
    "Python shell",
    { command: { name: "pythonshell" } },
    ["it is a Python shell job, which has no Spark"],
  ],
  ["not evaluated", "unknown", { glueVersion: UNKNOWN }, ["glueVersion: is not known before deployment"]],
]);
