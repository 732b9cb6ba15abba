import { controlUrl, fsbp, rule } from "../../rule.ts";

/** Source type to categories, as the controls RDS.19 to RDS.22 ask for them. */
const WANTED: Record<string, string[]> = {
  "db-cluster": ["maintenance", "failure"],
  "db-instance": ["maintenance", "configuration change", "failure"],
  "db-parameter-group": ["configuration change"],
  "db-security-group": ["configuration change", "failure"],
};

export default rule({
  name: "rds-event-categories",
  description: "A subscription to a database's events must be on and hold those that matter",
  severity: "low",
  references: [fsbp("RDS.19"), fsbp("RDS.20"), fsbp("RDS.21"), fsbp("RDS.22")],
  remediation: "Leave eventCategories out for all, or name those of the message; leave enabled on",
  url: controlUrl("rds"),
  appliesTo: ["aws:rds/eventSubscription:EventSubscription"],
  check: ({ props }, verdicts) => {
    if (props.at("enabled").flag() === false) return verdicts.violation("it tells nothing; leave enabled on");
    const wanted = WANTED[props.at("sourceType").text() ?? ""] ?? [];
    const given = props.at("eventCategories").texts();
    const missing = given.length === 0 ? [] : wanted.filter((each) => !given.includes(each));
    if (missing.length > 0) verdicts.violation(`it leaves out ${missing.join(", ")}; add them to eventCategories`);
  },
});
