import { eachAllow, IDENTITY_POLICIES } from "../../policies.ts";
import { matchesAction } from "../../policy-document.ts";
import { controlUrl, fsbp, owaspServerless, rule } from "../../rule.ts";

export default rule({
  name: "iam-kms-decrypt-everything",
  description: "A policy must not allow decryption with every key",
  severity: "high",
  references: [fsbp("KMS.1"), fsbp("KMS.2"), owaspServerless("SAS-3")],
  remediation: "Name the keys' ARNs",
  url: controlUrl("kms"),
  appliesTo: Object.keys(IDENTITY_POLICIES),
  stack: true,
  check: (subject, verdicts) => {
    eachAllow(subject, verdicts, (statement) => {
      const { label, actions, resources } = statement;
      const decrypts = ["kms:Decrypt", "kms:ReEncryptFrom"].some((each) =>
        actions.some((pattern) => matchesAction(pattern, each)),
      );
      if (decrypts && resources.some((resource) => /^\*$|:key\/\*$/.test(resource))) {
        verdicts.violation(`statement ${label} decrypts with every key; name the keys`, { key: label });
      }
    });
  },
});
