import { EdgeFirewall } from "@palisade/edge-firewall";
import { HardenedFunction } from "@palisade/hardened-function";
import {
  knownApis,
  operationsOf,
  RevocationTable,
  SecureGateway,
  SharedAuthorizer,
  UserPool,
} from "@palisade/secure-gateway";
import * as pulumi from "@pulumi/pulumi";
import { contract, notesFunctions } from "./contract.ts";

/** Seconds that API Gateway keeps an answer, and the authorizer a decision: together at most 55, so that a revocation counts in a minute. */
const RESULT_TTL_SECONDS = 30;
const DECISION_SECONDS = 20;

/** The account that knows the users: it owns the authorizer, and has an API of its own. */
export function owner() {
  const config = new pulumi.Config();
  // The other accounts' APIs, once they exist.
  const apiArns = config.getObject<string[]>("apiArns") ?? [];
  const users = new UserPool("users", { groups: { reader: "Who reads notes", writer: "Who deletes them too" } });
  const revocations = new RevocationTable("revocations");
  const authorizer = new HardenedFunction("authorizer", {
    code: new pulumi.asset.FileArchive(config.require("authorizerCode")),
    environment: {
      USER_POOL_ID: users.userPoolId,
      CLIENT_IDS: users.clientIds.apply((ids) => ids.join(",")),
      REQUIRED_SCOPES: "aws.cognito.signin.user.admin",
      OPERATIONS: JSON.stringify(operationsOf(contract)),
      REVOCATION_TABLE: revocations.tableName,
      RESULT_TTL_SECONDS: String(RESULT_TTL_SECONDS),
      DECISION_SECONDS: String(DECISION_SECONDS),
      ...(apiArns.length > 0 && { KNOWN_APIS: knownApis(apiArns) }),
      ...(config.get("jwksUri") && { JWKS_URI: config.require("jwksUri") }),
    },
    statements: [revocations.statement("BatchGetItem")],
  });
  if (apiArns.length > 0) new SharedAuthorizer("shared", { function: authorizer, apiArns });
  const firewall = new EdgeFirewall("edge");
  const api = new SecureGateway("api", {
    apiDocument: contract,
    functions: notesFunctions(),
    firewall: { webAclArn: firewall.webAclArn },
    authorizer: { function: authorizer, resultTtlSeconds: RESULT_TTL_SECONDS },
  });
  return {
    url: api.url,
    restApiId: api.restApiId,
    stageName: api.stageName,
    userPoolId: users.userPoolId,
    clientId: users.sessionClientId,
    // What the other accounts' programs need.
    authorizerName: authorizer.functionName,
    authorizerArn: authorizer.functionArn,
    authorizerInvokeArn: authorizer.invokeArn,
  };
}
