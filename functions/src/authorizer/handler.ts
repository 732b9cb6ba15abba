import { createAwsCaller } from "../shared/aws.ts";
import { readAwsEnvironment } from "../shared/env.ts";
import { createLogger } from "../shared/log.ts";
import { createPermissions } from "../shared/permissions.ts";
import { createClock } from "./clock.ts";
import { createAuthorizer } from "./core.ts";
import { createDecisionCache } from "./decision-cache.ts";
import { createApiCheck } from "./defences/known-api.ts";
import { createRevocationCheck } from "./defences/revocation.ts";
import { createTokenVerifier } from "./defences/token.ts";
import { readAuthorizerEnvironment } from "./env.ts";

const environment = readAuthorizerEnvironment(process.env);
const { revocationTable, resultTtlSeconds, decisionSeconds, operations, unkeptOperations, knownApis } = environment;
const clock = createClock();

export const handler = createAuthorizer({
  operations,
  unkeptOperations,
  resultTtlSeconds,
  checkApi: createApiCheck(knownApis),
  verify: createTokenVerifier(environment, undefined, clock),
  // Without the table there is nothing to ask AWS, and no credentials are needed.
  checkRevocation:
    revocationTable === ""
      ? undefined
      : createRevocationCheck(createAwsCaller(readAwsEnvironment("authorizer", process.env)), revocationTable),
  permissions: createPermissions("authorizer", process.env),
  decisions: createDecisionCache(decisionSeconds, clock),
  clock,
  log: createLogger("authorizer"),
});
