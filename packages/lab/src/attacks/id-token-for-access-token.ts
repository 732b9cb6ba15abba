import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { claimsOf } from "../tokens.ts";
import { identityTwin } from "./shared/requests.ts";

export const idTokenForAccessToken: Attack = {
  id: "id-token-for-access-token",
  title: "Present an ID token, which other applications receive too, as an access token",
  owasp: ["SAS-2", "API2:2023"],
  paper: "III.1.A",
  defences: ["authorizer:token", "permissions:verified-token"],
  operation: "getPartner",
  target: "partners",
  run: async (context) => {
    const { idToken } = context.users.alice;
    const headers = { authorization: `Bearer ${idToken}` };
    const answer = await context.send({
      client: "holder of an ID token",
      method: "GET",
      path: "/partners/me",
      headers,
    });
    const effect = field(answer, "userId") === claimsOf(idToken).sub;
    return { effect, evidence: effect ? "the API takes alice's ID token for an access token" : summary(answer) };
  },
  twin: (context) => identityTwin(context, "alice"),
};
