import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "dynamodb-deletion-protection",
  description: "A table must not be deleted by accident",
  severity: "medium",
  references: [fsbp("DynamoDB.6")],
  remediation: "Set deletionProtectionEnabled to true",
  url: controlUrl("dynamodb"),
  appliesTo: ["aws:dynamodb/table:Table"],
  check: ({ props }, verdicts) => {
    if (props.get("deletionProtectionEnabled").flag() !== true)
      verdicts.violation("one destroy deletes the data; set deletionProtectionEnabled", {
        // A component with several tables, or one beside other data, says whose protection it is.
        floor: /^(?:[a-z-]+-)?deletion-protection$/,
      });
  },
});
