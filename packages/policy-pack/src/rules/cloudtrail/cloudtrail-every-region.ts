import { cis, controlUrl, fsbp, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "cloudtrail-every-region",
  description: "A trail must record every region",
  severity: "high",
  references: [fsbp("CloudTrail.1"), cis("CloudTrail.1"), owaspServerless("SAS-10"), paper("V.1")],
  remediation: "Set isMultiRegionTrail to true",
  url: controlUrl("cloudtrail"),
  appliesTo: ["aws:cloudtrail/trail:Trail"],
  check: ({ props }, verdicts) => {
    if (props.get("isMultiRegionTrail").flag() !== true)
      verdicts.violation("it records one region; set isMultiRegionTrail");
  },
});
