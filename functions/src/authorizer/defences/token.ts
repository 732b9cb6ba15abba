import { CognitoJwtVerifier } from "aws-jwt-verify/cognito-verifier";
import { DependencyFault } from "../../shared/refusal.ts";
import { type Clock, createClock } from "../clock.ts";
import type { AuthorizerEnvironment } from "../env.ts";
import { fetchFirst, type JwksFetch } from "../jwks.ts";
import { KeySetCache } from "../key-set-cache.ts";

/** What of a verified access token's claims is used. Times are seconds since 1970. */
export interface TokenClaims {
  sub: string;
  iat: number;
  exp: number;
  /** The sign-in that the token comes from; a refreshed token has that of the first. */
  origin_jti?: string;
  "cognito:groups"?: string[];
}

/**
 * Resolves with the claims of a valid token, and rejects with every other: with a DependencyFault when it is not known whether the
 * token is valid, because the pool's key set cannot be had or the clock is off.
 */
export type TokenVerifier = (token: string) => Promise<TokenClaims>;

/** What of the environment decides about tokens. */
export type TokenEnvironment = Pick<
  AuthorizerEnvironment,
  "userPoolIds" | "clientIds" | "requiredScopes" | "jwksUris" | "resultTtlSeconds"
>;

/** Seconds that Cognito's clock may be ahead of ours. */
const SKEW_SECONDS = 60;

/**
 * A verifier of the user pools' access tokens: signature, issuer, expiry, `token_use`, client and scope. A token that ends while API
 * Gateway may still keep the answer is refused as if it had ended: an answer holds for as long as it is kept.
 *
 * @param fetchKeys by default asks the issuer, or `JWKS_URI`
 */
export function createTokenVerifier(
  environment: TokenEnvironment,
  fetchKeys: (uris: readonly string[]) => Promise<ArrayBuffer> = fetchFirst,
  clock: Clock = createClock(),
): TokenVerifier {
  const { userPoolIds, clientIds: clientId, requiredScopes, jwksUris, resultTtlSeconds } = environment;
  const scope = requiredScopes.length > 0 ? requiredScopes : null;
  const pools = new Map(userPoolIds.map((id) => [CognitoJwtVerifier.parseUserPoolId(id).jwksUri, id]));
  const [first] = pools.keys();
  const fetchSet: JwksFetch = (uri) => fetchKeys(jwksUris.length > 0 && uri === first ? jwksUris : [uri]);
  const verifier = CognitoJwtVerifier.create(
    userPoolIds.map((userPoolId) => ({ userPoolId, clientId, tokenUse: "access" as const, scope })),
    {
      jwksCache: new KeySetCache({
        // Without the form of issuer that the library adds to each pool's own: it would be a second set to ask for.
        uris: [...pools.keys()],
        fetchKeys: fetchSet,
        // Also forgets the keys that were made of the set before.
        onChange: (uri, jwks) => verifier.cacheJwks(jwks, pools.get(uri) ?? ""),
        clock,
      }),
    },
  );
  // The last header that was looked at: a pool writes the same one until it changes its key.
  let plain: string | undefined;
  return async (token) => {
    if (!isCanonical(token)) throw new Error("the token is written in another way than its issuer writes it");
    const header = token.slice(0, token.indexOf("."));
    if (header !== plain) {
      if (hasExtension(header)) throw new Error("the token has an extension that is critical");
      plain = header;
    }
    const claims = await verifier.verify(token);
    // The library checks the end of a token that has one. Cognito's all have: a token without was not made by it.
    if (typeof claims.exp !== "number") throw new Error("the token does not end");
    if (typeof claims.iat !== "number") throw new Error("the token has no beginning");
    const now = clock.now() / 1000;
    if (claims.exp < now + resultTtlSeconds) throw new Error("the token ends before the answer is forgotten");
    if (claims.iat > now + SKEW_SECONDS) throw new DependencyFault("clock", new RangeError("a token of the future"));
    return claims;
  };
}

/**
 * Whether the token's signature is base64url as RFC 7515 has it: without padding, without other characters, without bits that mean nothing.
 * Node's decoder takes all of these, so that one token could be written in many ways. The other two parts are signed as they are written.
 */
function isCanonical(token: string): boolean {
  const signature = token.slice(token.lastIndexOf(".") + 1);
  const last = signature.charAt(signature.length - 1);
  // Of the last of two characters beside whole groups of four, four bits mean nothing, of the last of three, two; one alone is no byte.
  const rest = signature.length % 4;
  const isWhole =
    rest === 0 || (rest === 2 && "AQgw".includes(last)) || (rest === 3 && "AEIMQUYcgkosw048".includes(last));
  return isWhole && /^[\w-]+$/.test(signature);
}

/**
 * Whether a header may name an extension that is critical. RFC 7515, 4.1.11: who does not understand it refuses the token, and we understand
 * none. A name with an escape could be one, and no header of a pool has an escape.
 */
function hasExtension(header: string): boolean {
  return /"crit"|\\/.test(Buffer.from(header, "base64url").toString("latin1"));
}
