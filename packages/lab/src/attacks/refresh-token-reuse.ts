import type { Attack, AttackContext } from "../attack.ts";
import { type LabRequest, summary } from "../exchange.ts";
import { twin } from "./shared/requests.ts";
import { keyOf, OF_PAGE, sessionSetBy } from "./shared/sessions.ts";

export const refreshTokenReuse: Attack = {
  id: "refresh-token-reuse",
  title: "Go on with a stolen refresh token that its owner has used since",
  owasp: ["SAS-2", "API2:2023", "CWE-613"],
  paper: "III.2.C",
  defences: ["function:refresh-reuse"],
  operation: "refreshSession",
  target: "session",
  run: async (context) => {
    const { cookie = "" } = await context.session("alice");
    await context.send(refresh(context, "alice", cookie), "setup");
    const again = await context.send(refresh(context, "thief", cookie));
    const effect = sessionSetBy(again) !== undefined;
    return { effect, evidence: effect ? "the used token gives the thief a session of alice's" : summary(again) };
  },
  twin: async (context) => {
    const { cookie = "" } = await context.session("alice");
    const answer = await context.send(refresh(context, "alice", cookie), "twin");
    return twin(answer, sessionSetBy(answer) !== undefined, "alice's page refreshes her session");
  },
};

function refresh(context: AttackContext, client: string, cookie: string): LabRequest {
  return { client, method: "POST", path: "/session/refresh", headers: { ...keyOf(context), ...OF_PAGE, cookie } };
}
