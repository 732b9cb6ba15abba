import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "redshift-serverless-logs",
  description: "A warehouse must export its logs",
  severity: "medium",
  references: [fsbp("RedshiftServerless.6"), owaspServerless("SAS-10")],
  remediation: "Set logExports to userlog, connectionlog and useractivitylog",
  url: controlUrl("redshiftserverless"),
  appliesTo: ["aws:redshiftserverless/namespace:Namespace"],
  check: ({ props }, verdicts) => {
    const exported = props.at("logExports").texts();
    const missing = ["userlog", "connectionlog"].filter((log) => !exported.includes(log));
    if (missing.length > 0) verdicts.violation(`it does not export ${missing.join(" and ")}; add them to logExports`);
  },
});
