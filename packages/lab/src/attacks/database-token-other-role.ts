import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { cartTwin } from "./shared/requests.ts";
import { credentialsOf, loginOf, stealEnvironment } from "./shared/stolen-environment.ts";

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
    const { answer, stolen } = await stealEnvironment(context);
    if (!stolen) return { effect: false, evidence: summary(answer) };
    const session = context.aws(credentialsOf(stolen));
    try {
      const { note } = context.seed.globex;
      const rows = await session.databaseRows(loginOf(stolen, OTHER_USER), "SELECT note FROM orders");
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
