import type { Attack } from "../../attack.ts";
import type { DefenceId } from "../../defences.ts";
import { field, summary } from "../../exchange.ts";
import { claimsOf } from "../../tokens.ts";
import { get, identityTwin } from "./requests.ts";

/** What one place has of its own. */
export interface DeniedPlace {
  readonly id: string;
  readonly title: string;
  readonly defences: readonly DefenceId[];
  /** The loopback address that stands for the place (packages/sandbox/src/edge/countries.ts, lab/src/stage.ts). */
  readonly from: string;
  /** Who is there, for the report. */
  readonly client: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The attack that all denied places share: a stolen token is used from there. */
export function attackFrom({ id, title, defences, from, client, headers = {} }: DeniedPlace): Attack {
  return {
    id,
    title,
    owasp: ["SAS-3", "API8:2023"],
    paper: "IV.1.A",
    defences,
    operation: "getPartner",
    target: "partners",
    needs: "addresses",
    run: async (context) => {
      const stolen = get(context, "alice", "/partners/me");
      const answer = await context.send({ ...stolen, client, from, headers: { ...stolen.headers, ...headers } });
      const effect = field(answer, "userId") === claimsOf(context.users.alice.accessToken).sub;
      return { effect, evidence: effect ? `alice's stolen token is good ${client}` : summary(answer) };
    },
    twin: (context) => identityTwin(context, "alice"),
  };
}
