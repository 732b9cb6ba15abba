import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { cartTwin } from "./shared/requests.ts";
import { credentialsOf, loginOf, stealEnvironment } from "./shared/stolen-environment.ts";

/** More than the 15 minutes that a token is good for (AWS, Aurora User Guide, "IAM database authentication"). */
const AGE_MINUTES = 20;

/**
 * What is found once in a memory dump or a log is tried later: the token of the function's own user, correctly signed by its own role and
 * 20 minutes old. It is signed here with a date in the past, by the credentials of the hijacked function, which makes the same token as one
 * that lay about for as long. Where the database has a password instead (weak), that is what is found, and it is good for ever.
 *
 * Within its 15 minutes AWS takes a token again, and nothing here claims otherwise. Against that stand TLS with a verified host name, by
 * which nobody on the way reads one, and the isolated network with its security groups, in which nobody else reaches the cluster; the latter
 * is declared, and not enforced on one machine.
 */
export const databaseTokenExpired: Attack = {
  id: "database-token-expired",
  title: "Sign in to the database with a hijacked function's token, replayed 20 minutes after it was signed",
  owasp: ["SAS-6", "SAS-2", "CWE-294"],
  paper: "III.2.A",
  defences: ["function:cart-signature", "function:cart-revival", "database:token-age"],
  operation: "restoreCart",
  target: "carts",
  run: async (context) => {
    const { answer, stolen } = await stealEnvironment(context);
    if (!stolen) return { effect: false, evidence: summary(answer) };
    const session = context.aws(credentialsOf(stolen));
    try {
      const login = { ...loginOf(stolen), signedAt: new Date(Date.now() - AGE_MINUTES * 60_000) };
      const found =
        login.password === undefined ? `a token of ${AGE_MINUTES} minutes ago` : "a password without an end";
      const rows = await session.databaseRows(login, "SELECT sku, price_cents FROM listed_products");
      if (!rows.ok) return { effect: false, evidence: `the database answers ${rows.code} to ${found}` };
      const [sku] = context.seed.listed;
      const effect = rows.value.some((row) => row.sku === sku);
      return { effect, evidence: `${found} reads ${rows.value.length} rows${effect ? `, among them ${sku}` : ""}` };
    } finally {
      session.close();
    }
  },
  twin: cartTwin,
};
