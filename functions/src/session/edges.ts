import type { AwsCaller } from "../shared/aws.ts";
import { createRefreshLedger } from "../shared/defences/refresh-reuse.ts";
import { createRevoker } from "../shared/revocations.ts";
import { createChallenges } from "./challenges.ts";
import { createCodeExchange } from "./code-exchange.ts";
import { createCognitoCalls } from "./cognito.ts";
import type { SessionEdges } from "./core.ts";
import type { SessionEnvironment } from "./env.ts";

/**
 * What the operations work on, in AWS.
 *
 * @param now seconds since 1970. By default the system's clock.
 */
export function sessionEdges(
  call: AwsCaller,
  environment: SessionEnvironment,
  now: () => number = () => Math.floor(Date.now() / 1000),
): SessionEdges {
  const { clientId, login, refreshSeconds, revocationTable: table } = environment;
  const revoker = createRevoker(call, table);
  return {
    cognito: createCognitoCalls(call, environment),
    challenges: createChallenges(call, table, now),
    ledger: createRefreshLedger({
      call,
      table,
      onReuse: ({ originJti }) => revoker.revokeSession(originJti, now() + refreshSeconds),
      tokenSeconds: refreshSeconds,
      now,
    }),
    revoker,
    ...(login && { exchange: createCodeExchange(clientId, login) }),
    refreshSeconds,
    now,
  };
}
