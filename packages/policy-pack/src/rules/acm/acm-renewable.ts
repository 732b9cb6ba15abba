import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "acm-renewable",
  description: "A certificate must renew by itself",
  severity: "medium",
  references: [fsbp("ACM.1")],
  remediation: "Let ACM issue it, with the validation method DNS",
  url: controlUrl("acm"),
  appliesTo: ["aws:acm/certificate:Certificate"],
  check: ({ props }, verdicts) => {
    if (props.at("certificateAuthorityArn").present) return;
    if (props.at("privateKey").present) verdicts.violation("an imported certificate is not renewed; let ACM issue it");
    else if (props.at("validationMethod").text() !== "DNS")
      verdicts.violation("its renewal waits for a person; set validationMethod to DNS");
  },
});
