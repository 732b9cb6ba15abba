import { awsControl, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "glue-catalog-encrypted",
  description: "The data catalog must be encrypted",
  severity: "medium",
  references: [awsControl("Glue encryption at rest"), owaspServerless("SAS-3")],
  remediation: "Set encryptionAtRest.catalogEncryptionMode to SSE-KMS",
  url: "https://docs.aws.amazon.com/glue/latest/dg/encrypt-glue-data-catalog.html",
  appliesTo: ["aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings"],
  check: ({ props }, verdicts) => {
    const mode = props.get("dataCatalogEncryptionSettings.encryptionAtRest.catalogEncryptionMode").text() ?? "DISABLED";
    if (mode === "DISABLED")
      verdicts.violation("the catalog is not encrypted; set encryptionAtRest.catalogEncryptionMode to SSE-KMS");
  },
});
