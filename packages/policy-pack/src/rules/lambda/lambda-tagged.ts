import { awsControl, controlUrl, owaspApi, rule } from "../../rule.ts";

export default rule({
  name: "lambda-tagged",
  description: "A function must have tags",
  severity: "low",
  references: [awsControl("Lambda.6"), owaspApi("API9")],
  remediation: "Set tags: owner, component, stage",
  url: controlUrl("lambda"),
  appliesTo: ["aws:lambda/function:Function"],
  check: ({ props }, verdicts) => {
    if (props.at("tags").entries().length === 0) verdicts.violation("it has no tags; nobody can tell whose it is");
  },
});
