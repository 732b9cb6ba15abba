import type { Sandbox } from "@palisade/sandbox";
import type { AccountOutputs } from "@palisade/stacks/outputs";
import type { Unwrap } from "@pulumi/pulumi";

/** The account's outputs once deployed: every value is known. */
export type ResolvedAccountOutputs = Unwrap<AccountOutputs>;

/** Who is told of findings. */
export const PERSON = "security@palisade.example";

/**
 * Deploys the account's stage, which stands beside prod: GuardDuty's findings to a person, the audit trail, and the function that calls a listed address.
 * Then the person confirms, as one does who gets SNS's mail.
 */
export async function standUpAccount(
  sandbox: Pick<Sandbox, "provision" | "mail">,
): Promise<{ outputs: ResolvedAccountOutputs; emulated: number; declared: number; ms: number }> {
  const { default: program } = await import("@palisade/stacks");
  const { outputs, counts, ms } = await sandbox.provision({
    stage: "account",
    program: program as () => Promise<AccountOutputs>,
    config: {
      "palisade:findingEmails": JSON.stringify([PERSON]),
      "palisade:simulateThreats": "the lab shows that a person is told of a call to a listed address",
    },
  });
  await sandbox.mail.waitFor(({ to }) => to.includes(PERSON), 10);
  await sandbox.mail.confirmSubscriptions();
  return { outputs: outputs as ResolvedAccountOutputs, ...counts, ms };
}
