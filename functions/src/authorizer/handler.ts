import { createLogger } from "../shared/log.ts";
import { createAuthorizer } from "./core.ts";
import { createTokenVerifier } from "./defences/token.ts";
import { readAuthorizerEnvironment } from "./env.ts";

const environment = readAuthorizerEnvironment(process.env);

export const handler = createAuthorizer(
  createTokenVerifier(environment),
  environment.operations,
  createLogger("authorizer"),
);
