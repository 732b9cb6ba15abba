import rule from "../../../src/rules/ecr/ecr-lifecycle.ts";
import { resource, ruleCases, UNKNOWN } from "../../support.ts";

ruleCases(rule, [
  ["violates", "none", {}, ["old images stay for ever; add aws.ecr.LifecyclePolicy"]],
  [
    "violates",
    "boundary: another repository's",
    {},
    ["old images stay for ever; add aws.ecr.LifecyclePolicy"],
    { others: [resource("aws:ecr/lifecyclePolicy:LifecyclePolicy", "p", { repository: "other" })] },
  ],
  [
    "passes",
    "its own",
    {},
    [],
    { others: [resource("aws:ecr/lifecyclePolicy:LifecyclePolicy", "p", { repository: "subject" })] },
  ],
  [
    "passes",
    "its own, by dependency",
    {},
    [],
    {
      others: [
        resource(
          "aws:ecr/lifecyclePolicy:LifecyclePolicy",
          "p",
          { repository: UNKNOWN },
          { dependencies: { repository: ["urn:pulumi:stack::project::aws:ecr/repository:Repository::subject"] } },
        ),
      ],
    },
  ],
]);
