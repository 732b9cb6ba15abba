import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "sagemaker-endpoint-instances",
  description: "An endpoint must have more than one instance",
  severity: "low",
  references: [fsbp("SageMaker.4")],
  remediation: "Set initialInstanceCount to 2 or more, or serverlessConfig",
  url: controlUrl("sagemaker"),
  appliesTo: ["aws:sagemaker/endpointConfiguration:EndpointConfiguration"],
  check: ({ props }, verdicts) => {
    const variants = props
      .at("productionVariants")
      .list()
      .filter((variant) => !variant.at("serverlessConfig").present);
    if (variants.length === 0) return verdicts.notApplicable("its variants are serverless");
    verdicts.each(variants, (variant) => {
      const count = variant.at("initialInstanceCount").number() ?? 1;
      if (count < 2)
        verdicts.violation(`a variant has ${count} instance; set initialInstanceCount to 2 or more`, {
          key: variant.at("variantName").text() ?? "",
        });
    });
  },
});
