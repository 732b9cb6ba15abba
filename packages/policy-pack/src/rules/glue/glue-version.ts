import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "glue-version",
  description: "A Spark job must run on a supported Glue version",
  severity: "medium",
  references: [fsbp("Glue.4"), owaspServerless("SAS-9")],
  remediation: "Set glueVersion to 3.0 or later",
  url: controlUrl("glue"),
  appliesTo: ["aws:glue/job:Job"],
  check: ({ props }, verdicts) => {
    if (props.get("command.name").text() === "pythonshell")
      return verdicts.notApplicable("it is a Python shell job, which has no Spark");
    const version = props.at("glueVersion").number() ?? 0.9;
    if (version < 3)
      verdicts.violation(`it runs on Glue ${version}, which gets no more fixes; set glueVersion to 3.0 or later`);
  },
});
