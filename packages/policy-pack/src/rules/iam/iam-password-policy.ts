import { awsControl, controlUrl, owaspServerless, rule } from "../../rule.ts";

/** What CIS and IAM.7 ask for: https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html. */
const [LEAST_LENGTH, REMEMBERED] = [14, 24];
const KINDS = ["requireLowercaseCharacters", "requireUppercaseCharacters", "requireNumbers", "requireSymbols"];

export default rule({
  name: "iam-password-policy",
  description: "Passwords of the account's users must be long, mixed and new",
  severity: "medium",
  references: [awsControl("IAM.7"), awsControl("IAM.15"), awsControl("IAM.16"), owaspServerless("SAS-2")],
  remediation: "Set minimumPasswordLength to 14, passwordReusePrevention to 24 and every require…",
  url: controlUrl("iam"),
  appliesTo: ["aws:iam/accountPasswordPolicy:AccountPasswordPolicy"],
  check: ({ props }, verdicts) => {
    const length = () => {
      const characters = props.at("minimumPasswordLength").number() ?? 6;
      if (characters < LEAST_LENGTH)
        verdicts.violation(`${characters} characters are enough; set minimumPasswordLength to 14 or more`, {
          key: "length",
        });
    };
    const reuse = () => {
      const remembered = props.at("passwordReusePrevention").number() ?? 0;
      if (remembered < REMEMBERED)
        verdicts.violation(`the last ${remembered} are refused; set passwordReusePrevention to 24`, { key: "reuse" });
    };
    const kind = (each: string) => () => {
      if (props.at(each).flag() !== true) verdicts.violation(`${each} is off; set it`, { key: each });
    };
    verdicts.each([length, reuse, ...KINDS.map(kind)], (look) => look());
  },
});
