import { cis, controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "config-recorder-role",
  description: "Config must record with its service-linked role",
  severity: "medium",
  references: [fsbp("Config.1"), cis("Config.1")],
  remediation: "Set roleArn to that of AWSServiceRoleForConfig",
  url: controlUrl("config"),
  appliesTo: ["aws:cfg/recorder:Recorder"],
  check: ({ props }, verdicts) => {
    if (!/\/AWSServiceRoleForConfig$/.test(props.at("roleArn").text() ?? ""))
      verdicts.violation("its role is not the service-linked one; set roleArn to AWSServiceRoleForConfig's");
  },
});
