import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { claimsOf } from "../tokens.ts";
import { identityTwin } from "./shared/requests.ts";

export const changedGroupClaim: Attack = {
  id: "changed-group-claim",
  title: "Write the administrators' group into one's own signed token",
  owasp: ["SAS-2", "SAS-5", "API2:2023"],
  paper: "III.1.A",
  defences: ["authorizer:token", "permissions:verified-token"],
  operation: "getPartner",
  target: "partners",
  run: async (context) => {
    const [header, , signature] = context.users.alice.accessToken.split(".");
    const claims = { ...claimsOf(context.users.alice.accessToken), "cognito:groups": ["admin"] };
    const changed = Buffer.from(JSON.stringify(claims)).toString("base64url");
    const headers = { authorization: `Bearer ${header}.${changed}.${signature}` };
    const answer = await context.send({ client: "alice", method: "GET", path: "/partners/me", headers });
    const groups = field(answer, "groups");
    const effect = Array.isArray(groups) && groups.includes("admin");
    return { effect, evidence: effect ? "the API takes alice for an administrator" : summary(answer) };
  },
  twin: (context) => identityTwin(context, "alice"),
};
