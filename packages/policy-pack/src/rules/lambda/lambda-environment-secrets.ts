import { owaspApi, owaspServerless, paper, rule } from "../../rule.ts";

/** Names of variables that say what they hold. */
const SECRET_NAME = /(?:password|passwd|passphrase|secret|token|api_?key|private_?key|access_?key|credentials?)$/i;

/** An ARN, or a reference that CloudFormation and the SDKs resolve: where the secret is, not what it is. */
const REFERENCE = /^(?:arn:|\{\{resolve:|ssm:|secretsmanager:)/;

/** Values that are a secret whatever the name: an access key id, a private key, a JWT, a URL with a password. */
const SECRET_VALUE =
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----|^eyJ[\w-]+\.eyJ[\w-]+\.|^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]+:[^/\s@]+@/;

export default rule({
  name: "lambda-environment-secrets",
  description: "A function's environment must hold no secret in plain text",
  severity: "critical",
  references: [owaspServerless("SAS-3"), owaspApi("API8"), paper("III.2.A")],
  remediation: "Keep the value in Secrets Manager or Parameter Store, and give the function its ARN",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html",
  appliesTo: ["aws:lambda/function:Function"],
  check: ({ props }, verdicts) => {
    verdicts.each(props.get("environment.variables").entries(), ([name, value]) => {
      const text = String(value.text() ?? "");
      const named = SECRET_NAME.test(name) && text !== "" && !REFERENCE.test(text);
      if (!named && !SECRET_VALUE.test(text)) return;
      verdicts.violation(`the environment holds ${name} in plain text; keep it in Secrets Manager`, {
        key: name,
        floor: `plain-environment-${name}`,
      });
    });
  },
});
