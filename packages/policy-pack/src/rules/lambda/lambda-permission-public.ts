import { controlUrl, fsbp, owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "lambda-permission-public",
  description: "A function must not be open to everyone",
  severity: "critical",
  references: [fsbp("Lambda.1"), owaspApi("API5"), owaspServerless("SAS-5"), paper("III.2.A")],
  remediation: "Name the principal, or set principalOrgId",
  url: controlUrl("lambda"),
  appliesTo: ["aws:lambda/permission:Permission"],
  check: ({ props }, verdicts) => {
    if (props.at("principal").text() !== "*" || props.at("principalOrgId").present) return;
    if (props.at("sourceArn").present || props.at("sourceAccount").present) return;
    const how = props.at("functionUrlAuthType").text() === "NONE" ? "through its URL, unsigned" : "with any account";
    verdicts.violation(`everyone may call the function ${how}; name the principal`);
  },
});
