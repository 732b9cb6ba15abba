import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "acm-key-length",
  description: "A certificate's RSA key must have 2048 bits",
  severity: "high",
  references: [fsbp("ACM.2")],
  remediation: "Leave keyAlgorithm at RSA_2048, or take an elliptic curve",
  url: controlUrl("acm"),
  appliesTo: ["aws:acm/certificate:Certificate"],
  check: ({ props }, verdicts) => {
    if (props.at("privateKey").present)
      return verdicts.notEvaluated("privateKey: the length of an imported key is not read");
    if (props.at("keyAlgorithm").text() === "RSA_1024")
      verdicts.violation("its key is too short; set keyAlgorithm to RSA_2048");
  },
});
