import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "sagemaker-notebook-root",
  description: "A notebook's users must not be root",
  severity: "high",
  references: [fsbp("SageMaker.3")],
  remediation: "Set rootAccess to Disabled",
  url: controlUrl("sagemaker"),
  appliesTo: ["aws:sagemaker/notebookInstance:NotebookInstance"],
  check: ({ props }, verdicts) => {
    if (props.at("rootAccess").text() !== "Disabled")
      verdicts.violation("its users are root; set rootAccess to Disabled");
  },
});
