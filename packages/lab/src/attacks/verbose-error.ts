import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { orderTwin, post } from "./shared/requests.ts";

/** What only the inside knows: a stack frame, a path of the function, SQL, or the database's address. */
const INTERNALS = /\s+at [^\n"]+|file:\/\/[^\s"]+|mysql:\/\/[^\s"]+|SELECT [^"]+ FROM /;

export const verboseError: Attack = {
  id: "verbose-error",
  title: "Learn of the inside from an error",
  owasp: ["SAS-3", "API8:2023", "CWE-209"],
  paper: "III.2.D",
  defences: ["gateway:model", "function:body-limits", "function:problem-details"],
  operation: "placeOrder",
  target: "orders",
  run: async (context) => {
    const answer = await context.send(post(context, "alice", "/orders", '{"lines": [{"sku": '));
    const inside = INTERNALS.exec(answer.response.body.replaceAll("\\n", "\n"))?.[0].trim();
    return {
      effect: inside !== undefined,
      evidence: inside ? `the error tells "${inside.slice(0, 120)}"` : summary(answer),
    };
  },
  twin: orderTwin,
};
