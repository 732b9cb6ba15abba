import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "sagemaker-notebook-network",
  description: "A notebook must be in a network",
  severity: "high",
  references: [fsbp("SageMaker.2")],
  remediation: "Set subnetId",
  url: controlUrl("sagemaker"),
  appliesTo: ["aws:sagemaker/notebookInstance:NotebookInstance"],
  check: ({ props }, verdicts) => {
    const value = props.get("subnetId");
    if (!value.present || value.value === "") verdicts.violation("it is in AWS's network; set subnetId");
  },
});
