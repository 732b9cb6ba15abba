import { CognitoJwtVerifier } from "aws-jwt-verify/cognito-verifier";
import { JwksValidationError, JwkValidationError } from "aws-jwt-verify/error";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { DependencyFault } from "../../shared/refusal.ts";
import type { AuthorizerEnvironment } from "../env.ts";
import { fetchJwks, type JwksFetch } from "../jwks.ts";

/** What of a verified access token's claims is used. */
export interface TokenClaims {
  sub: string;
  "cognito:groups"?: string[];
}

/**
 * Resolves with the claims of a valid token, and rejects with every other: with a DependencyFault when it is not known whether the
 * token is valid, because the pool's key set cannot be had.
 */
export type TokenVerifier = (token: string) => Promise<TokenClaims>;

/**
 * A verifier of the user pool's access tokens: signature, issuer, expiry, `token_use`, client and scope.
 *
 * @param fetchKeys by default asks the issuer, or `JWKS_URI`
 */
export function createTokenVerifier(
  environment: AuthorizerEnvironment,
  fetchKeys: JwksFetch = fetchJwks,
): TokenVerifier {
  const verifier = CognitoJwtVerifier.create(
    {
      userPoolId: environment.userPoolId,
      clientId: environment.clientIds,
      tokenUse: "access",
      scope: environment.requiredScopes.length > 0 ? environment.requiredScopes : null,
    },
    {
      jwksCache: new SimpleJwksCache({
        fetcher: { fetch: (uri) => fetchKeys(environment.jwksUri || uri).catch(blameKeySet) },
      }),
    },
  );
  return async (token) => {
    const claims = await verifier.verify(token).catch(blameUnreadableKeys);
    // The library checks the end of a token that has one. Cognito's all have: a token without was not made by it.
    if (typeof claims.exp !== "number") throw new Error("the token does not end");
    return claims;
  };
}

function blameKeySet(cause: unknown): never {
  throw new DependencyFault("key-set", cause);
}

function blameUnreadableKeys(error: unknown): never {
  if (error instanceof JwksValidationError || error instanceof JwkValidationError) blameKeySet(error);
  throw error;
}
