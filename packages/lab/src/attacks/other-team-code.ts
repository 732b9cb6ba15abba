import type { Attack } from "../attack.ts";
import { ownDeployment, replaceAndAsk } from "./shared/developer.ts";
import { get } from "./shared/requests.ts";

export const otherTeamCode: Attack = {
  id: "other-team-code",
  title: "Change another team's function as a developer",
  owasp: ["SAS-5", "SAS-6", "CWE-250"],
  paper: "III.2.A",
  defences: ["iam:team-access", "function:code-signing"],
  operation: "getOrder",
  target: "orders",
  run: (context) => replaceAndAsk(context, "orders", get(context, "alice", `/orders/${context.seed.acme.orderId}`)),
  twin: ownDeployment,
};
