import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "redshift-serverless-administrator",
  description: "A warehouse's administrator must not have the default name",
  severity: "low",
  references: [fsbp("RedshiftServerless.5")],
  remediation: "Set adminUsername to another name",
  url: controlUrl("redshiftserverless"),
  appliesTo: ["aws:redshiftserverless/namespace:Namespace"],
  check: ({ props }, verdicts) => {
    if ((props.at("adminUsername").text() ?? "admin") === "admin")
      verdicts.violation("its administrator is admin; set adminUsername to another name");
  },
});
