import rule from "../../../src/rules/apigateway/apigateway-stage-settings.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

const SETTINGS = "aws:apigateway/methodSettings:MethodSettings";
const STAGE_URN = "urn:pulumi:stack::project::aws:apigateway/stage:Stage::subject";
const MISSING =
  "it has no method settings for */*: no throttling, no execution logs; add aws.apigateway.MethodSettings";

ruleCases(rule, [
  ["violates", "none", { stageName: "live" }, [MISSING]],
  [
    "violates",
    "settings of one method; another stage's",
    { stageName: "live" },
    [MISSING],
    {
      others: [
        resource(SETTINGS, "a", { stageName: "live", methodPath: "a/GET" }),
        resource(SETTINGS, "b", { stageName: "x", methodPath: "*/*" }),
      ],
    },
  ],
  [
    "passes",
    "by name",
    { stageName: "live" },
    [],
    { others: [resource(SETTINGS, "a", { stageName: "live", methodPath: "*/*" })] },
  ],
  [
    "passes",
    "by dependency, before names are known",
    { stageName: UNKNOWN },
    [],
    {
      others: [
        resource(
          SETTINGS,
          "a",
          { stageName: UNKNOWN, methodPath: "*/*" },
          { dependencies: { stageName: [STAGE_URN] } },
        ),
      ],
    },
  ],
  [
    "not evaluated",
    "a path that is not known",
    { stageName: "live" },
    ["methodPath of its settings: is not known before deployment"],
    { others: [resource(SETTINGS, "a", { stageName: "live", methodPath: UNKNOWN })] },
  ],
]);
