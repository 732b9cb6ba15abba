import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "firehose-encrypted",
  description: "A delivery stream must be encrypted",
  severity: "medium",
  references: [fsbp("DataFirehose.1"), owaspServerless("SAS-3")],
  remediation: "Set serverSideEncryption.enabled to true",
  url: controlUrl("datafirehose"),
  appliesTo: ["aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
  check: ({ props }, verdicts) => {
    if (props.at("kinesisSourceConfiguration").present)
      return verdicts.notApplicable("its source is a stream, which holds the data");
    if (props.get("serverSideEncryption.enabled").flag() !== true)
      verdicts.violation("what waits in it is not encrypted; set serverSideEncryption.enabled");
  },
});
