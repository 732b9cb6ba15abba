import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "sagemaker-notebook-internet",
  description: "A notebook must not reach the internet directly",
  severity: "high",
  references: [fsbp("SageMaker.1")],
  remediation: "Set directInternetAccess to Disabled",
  url: controlUrl("sagemaker"),
  appliesTo: ["aws:sagemaker/notebookInstance:NotebookInstance"],
  check: ({ props }, verdicts) => {
    if (props.at("directInternetAccess").text() !== "Disabled")
      verdicts.violation("it reaches the internet past your network; set directInternetAccess to Disabled");
  },
});
