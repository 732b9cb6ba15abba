import { cis, controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "config-recorder-on",
  description: "Config's recorder must be on",
  severity: "medium",
  references: [fsbp("Config.1"), cis("Config.1"), owaspServerless("SAS-10")],
  remediation: "Set isEnabled to true",
  url: controlUrl("config"),
  appliesTo: ["aws:cfg/recorderStatus:RecorderStatus"],
  check: ({ props }, verdicts) => {
    if (props.get("isEnabled").flag() !== true) verdicts.violation("it records nothing; set isEnabled");
  },
});
