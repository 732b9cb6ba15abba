import { owaspServerless, paper, rule } from "../../rule.ts";
import { UNKNOWN } from "../../unknown.ts";

export default rule({
  name: "lambda-role-of-its-own",
  description: "Functions must not share a role",
  severity: "high",
  references: [owaspServerless("SAS-5"), paper("III.2.A"), paper("III.2.C")],
  remediation: "Give each function a role with its own statements",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html",
  appliesTo: ["aws:iam/role:Role"],
  stack: true,
  check: ({ resource, stack }, verdicts) => {
    const functions = stack.referring("aws:lambda/function:Function", "role", resource);
    if (functions.length === 0) return verdicts.notApplicable("no function uses it");
    if (functions.length > 1) {
      const names = functions
        .map(({ name }) => name)
        .sort()
        .join(", ");
      verdicts.violation(`${functions.length} functions share it (${names}); give each its own role`);
    }
    const open = stack.ofType("aws:lambda/function:Function").filter(({ props, dependencies }) => {
      return props.role === UNKNOWN && !dependencies?.role;
    });
    if (open.length > 0) verdicts.notEvaluated("role of a function: is not known before deployment");
  },
});
