import type { Attack, AttackContext, TwinOutcome } from "../attack.ts";
import { type Exchange, type LabRequest, summary } from "../exchange.ts";
import { JSON_BODY, twin } from "./shared/requests.ts";

/** Pairs of a leaked list that fit nobody here, before the one that does: more than prod lets an address try in a minute. */
const MISSES = 24;

export const credentialStuffing: Attack = {
  id: "credential-stuffing",
  title: "Try the names and passwords of another site's leak until one fits",
  owasp: ["SAS-2", "API2:2023", "CWE-307"],
  paper: "IV.1.D",
  defences: ["edge:rate-limit"],
  operation: "signIn",
  target: "session",
  needs: "addresses",
  run: async (context) => {
    const from = context.freshAddress();
    for (let miss = 1; miss <= MISSES; miss += 1) {
      await context.send(signIn(context, `leaked-${miss}@example.test`, "Password-of-another-site-1", from), "setup");
    }
    const { username, password } = context.users.alice;
    const answer = await context.send(signIn(context, username, password, from));
    const effect = signedIn(answer);
    return { effect, evidence: effect ? `pair ${MISSES + 1} of the list is alice's: signed in` : summary(answer) };
  },
  twin: async (context): Promise<TwinOutcome> => {
    const { username, password } = context.users.alice;
    const answer = await context.send(signIn(context, username, password), "twin");
    return twin(answer, signedIn(answer), "alice signs in");
  },
};

function signIn(context: AttackContext, username: string, password: string, from?: string): LabRequest {
  // The client's own headers without its token: only weak's API key is among them.
  const { authorization: _, ...key } = context.as("alice");
  return {
    client: from === undefined ? "alice" : "holder of a leaked list",
    method: "POST",
    path: "/session",
    headers: { ...key, ...JSON_BODY, "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ username, password }),
    ...(from === undefined ? {} : { from }),
  };
}

function signedIn({ response }: Exchange): boolean {
  return /__Host-session=[^;]+/.test(response.headers["set-cookie"] ?? "");
}
