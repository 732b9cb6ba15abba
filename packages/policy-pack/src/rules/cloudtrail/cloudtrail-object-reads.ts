import { objectEventsCheck } from "../../object-events.ts";
import { cis, controlUrl, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "cloudtrail-object-reads",
  description: "A trail must record reads of objects",
  severity: "low",
  references: [cis("S3.23"), owaspServerless("SAS-10"), paper("V.1")],
  remediation: "Add an advanced event selector for AWS::S3::Object, without the trail's own bucket",
  url: controlUrl("s3"),
  appliesTo: ["aws:cloudtrail/trail:Trail"],
  check: objectEventsCheck("read"),
});
