import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "ecr-immutable-tags",
  description: "A repository's tags must not move",
  severity: "medium",
  references: [fsbp("ECR.2")],
  remediation: "Set imageTagMutability to IMMUTABLE",
  url: controlUrl("ecr"),
  appliesTo: ["aws:ecr/repository:Repository"],
  check: ({ props }, verdicts) => {
    if (props.at("imageTagMutability").text() !== "IMMUTABLE")
      verdicts.violation("a tag may come to mean another image; set imageTagMutability to IMMUTABLE");
  },
});
