import { cis, controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "rds-instance-zones",
  description: "A database instance of its own must be in two zones",
  severity: "medium",
  references: [fsbp("RDS.5"), cis("RDS.5")],
  remediation: "Set multiAz to true",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    if (props.at("multiAz").flag() !== true) verdicts.violation("it goes with its zone; set multiAz");
  },
});
