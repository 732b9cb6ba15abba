import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "sagemaker-model-isolation",
  description: "A model's container must have no network",
  severity: "medium",
  references: [fsbp("SageMaker.5")],
  remediation: "Set enableNetworkIsolation to true",
  url: controlUrl("sagemaker"),
  appliesTo: ["aws:sagemaker/model:Model"],
  check: ({ props }, verdicts) => {
    if (props.get("enableNetworkIsolation").flag() !== true)
      verdicts.violation("its container may call out; set enableNetworkIsolation");
  },
});
