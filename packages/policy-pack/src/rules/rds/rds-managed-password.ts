import { fsbp, owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

export default rule({
  name: "rds-managed-password",
  description: "A database's administrator must have a password that nobody wrote down",
  severity: "critical",
  references: [fsbp("SecretsManager.1"), owaspServerless("SAS-3"), owaspApi("API8"), paper("III.2.A")],
  remediation: "Set manageMasterUserPassword to true and take masterPassword out: RDS makes and rotates it",
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html",
  appliesTo: ["aws:rds/cluster:Cluster", "aws:rds/instance:Instance"],
  check: ({ props }, verdicts) => {
    const written = props.at("masterPassword").present || props.at("password").present;
    if (written) verdicts.violation("its administrator's password is in the program; use manageMasterUserPassword");
    else if (props.at("snapshotIdentifier").present || props.at("replicateSourceDb").present) {
      verdicts.notApplicable("its password is its source's");
    } else if (props.at("manageMasterUserPassword").flag() !== true) {
      verdicts.violation("nobody rotates its administrator's password; set manageMasterUserPassword");
    }
  },
});
