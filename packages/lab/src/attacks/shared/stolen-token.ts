import type { Attack, AttackContext } from "../../attack.ts";
import { field, summary } from "../../exchange.ts";
import type { UserName } from "../../users.ts";
import { identityTwin } from "./requests.ts";

/** What one way of ending a token has of its own. */
export interface EndedToken {
  readonly id: string;
  readonly title: string;
  readonly victim: UserName;
  /** What the victim or the administrator did, for the report. */
  readonly after: string;
  /** Ends the session whose token was stolen. */
  end(context: AttackContext, session: Record<string, string>): Promise<EndedSession>;
}

/** What came of ending a session. */
export interface EndedSession {
  /** What came back, where it was not ended: then a token that is good proves nothing. */
  readonly failed?: string;
  /** Undoes what would touch the lab's other sessions. */
  undo?(): Promise<void>;
}

/**
 * The attack that all share: a token is stolen, then its session is ended, then the thief uses it. The token is one of its own sign-in, and
 * nobody has used it at the operation before, so that no cache of the gateway knows it.
 */
export function endedToken({ id, title, victim, after, end }: EndedToken): Attack {
  return {
    id,
    title,
    owasp: ["SAS-2", "API2:2023", "CWE-613"],
    paper: "III.1.A",
    defences: ["authorizer:revocation"],
    operation: "getPartner",
    target: "partners",
    run: async (context) => {
      const session = await context.session(victim);
      const token = /__Host-session=([^;]+)/.exec(session.cookie ?? "")?.[1];
      const { failed, undo } = await end(context, session);
      try {
        if (failed !== undefined) return { effect: false, evidence: failed };
        const headers = { authorization: `Bearer ${token}` };
        const answer = await context.send({ client: "thief", method: "GET", path: "/partners/me", headers });
        const { companyId } = context.users[victim];
        const effect = companyId !== undefined && field(answer, "companyId") === companyId;
        return { effect, evidence: effect ? `${victim}'s stolen token is good after ${after}` : summary(answer) };
      } finally {
        await undo?.();
      }
    },
    twin: (context) => identityTwin(context, victim),
  };
}
