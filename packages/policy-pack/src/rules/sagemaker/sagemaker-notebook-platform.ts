import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

/** https://docs.aws.amazon.com/sagemaker/latest/dg/nbi-al2.html */
const PLATFORMS = ["notebook-al2-v3", "notebook-al2023-v1"];

export default rule({
  name: "sagemaker-notebook-platform",
  description: "A notebook must run on a supported platform",
  severity: "medium",
  references: [fsbp("SageMaker.8"), owaspServerless("SAS-9")],
  remediation: "Set platformIdentifier to notebook-al2-v3 or a later one",
  url: controlUrl("sagemaker"),
  appliesTo: ["aws:sagemaker/notebookInstance:NotebookInstance"],
  check: ({ props }, verdicts) => {
    const platform = props.at("platformIdentifier").text() ?? "notebook-al1-v1";
    if (!PLATFORMS.includes(platform))
      verdicts.violation(
        `it runs on ${platform}, which gets no more fixes; set platformIdentifier to ${PLATFORMS.join(" or ")}`,
      );
  },
});
