import type { Attack } from "../attack.ts";
import { asDeveloper, ownDeployment, replaceAndAsk } from "./shared/developer.ts";
import { get, search } from "./shared/requests.ts";

export const otherTeamCode: Attack = {
  id: "other-team-code",
  title: "Change another team's function as a developer",
  owasp: ["SAS-5", "SAS-6", "CWE-250"],
  paper: "III.2.A",
  defences: ["iam:team-access", "function:code-signing"],
  operation: "getOrder",
  target: "orders",
  run: async (context) =>
    await asDeveloper(context, "catalog", "attack", (developer) =>
      replaceAndAsk(context, developer, "orders", get(context, "alice", `/orders/${context.seed.acme.orderId}`)),
    ),
  twin: (context) => ownDeployment(context, "catalog", "catalog", search(context, "Mug")),
};
