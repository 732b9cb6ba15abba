import { controlUrl, fsbp, rule } from "../../rule.ts";

export default rule({
  name: "rds-proxy-tls",
  description: "A database proxy must ask for TLS",
  severity: "high",
  references: [fsbp("RDS.43")],
  remediation: "Set requireTls to true",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/proxy:Proxy"],
  check: ({ props }, verdicts) => {
    if (props.get("requireTls").flag() !== true)
      verdicts.violation("connections without TLS are accepted; set requireTls");
  },
});
