/**
 * What Verified Permissions makes of a token of a Cognito user pool.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-authorization-with-avp.html: the pool is the store's identity
 * source, the client is one of its clients, the token has not ended, its `token_use` fits the parameter, and its signature is by a key of the
 * pool. Whether it was revoked is not looked at.
 */
import { createRemoteJWKSet, decodeJwt, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { validation } from "./errors.ts";

/** The identity source of a store. */
export interface IdentitySource {
  userPoolArn: string;
  clientIds: readonly string[];
  principalEntityType: string;
  groupEntityType?: string;
}

/** Who a token says is asking. */
export interface TokenPrincipal {
  principal: { type: string; id: string };
  /** The groups, of which the principal is a member. */
  parents: { type: string; id: string }[];
  claims: JWTPayload;
}

export type TokenParameter = "accessToken" | "identityToken";

/** Verifies tokens with the pools' keys, which it keeps for a while. */
export interface TokenReader {
  read(source: IdentitySource | undefined, parameter: TokenParameter, token: string): Promise<TokenPrincipal>;
}

/** @param jwksUrl Where the keys of a pool are, by the pool's id. */
export function createTokenReader(jwksUrl: (userPoolId: string) => string): TokenReader {
  const keySets = new Map<string, JWTVerifyGetKey>();
  const keysOf = (userPoolId: string): JWTVerifyGetKey => {
    const keys = keySets.get(userPoolId) ?? createRemoteJWKSet(new URL(jwksUrl(userPoolId)), { timeoutDuration: 2000 });
    keySets.set(userPoolId, keys);
    return keys;
  };
  return {
    async read(source, parameter, token) {
      if (source === undefined) throw validation("the policy store has no identity source", parameter);
      const { claims, userPoolId } = await verified(source, parameter, token, keysOf);
      const groups = source.groupEntityType === undefined ? [] : groupsOf(claims);
      return {
        principal: { type: source.principalEntityType, id: `${userPoolId}|${claims.sub}` },
        parents: groups.map((group) => ({ type: source.groupEntityType as string, id: `${userPoolId}|${group}` })),
        claims,
      };
    },
  };
}

async function verified(
  { userPoolArn, clientIds }: IdentitySource,
  parameter: TokenParameter,
  token: string,
  keysOf: (userPoolId: string) => JWTVerifyGetKey,
): Promise<{ claims: JWTPayload; userPoolId: string }> {
  const [, , , region, , resource = ""] = userPoolArn.split(":");
  const userPoolId = resource.replace("userpool/", "");
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
  const refuse = (why: string) => validation(`The token is not valid: ${why}`, parameter);
  let claims: JWTPayload;
  try {
    // Read first without its signature: another pool's token is not looked up in this pool's keys.
    if (decodeJwt(token).iss !== issuer) throw new Error("its issuer is not the identity source's");
    ({ payload: claims } = await jwtVerify(token, keysOf(userPoolId), {
      issuer,
      algorithms: ["RS256"],
      requiredClaims: ["exp", "sub"],
    }));
  } catch (error) {
    throw refuse((error as Error).message);
  }
  const use = parameter === "accessToken" ? "access" : "id";
  if (claims.token_use !== use) throw refuse(`its token_use is not ${use}`);
  const client = use === "access" ? claims.client_id : claims.aud;
  if (clientIds.length > 0 && !clientIds.includes(String(client)))
    throw refuse("its client is not the identity source's");
  return { claims, userPoolId };
}

function groupsOf(claims: JWTPayload): string[] {
  const groups = claims["cognito:groups"];
  return Array.isArray(groups) ? groups.map(String) : [];
}
