import type { TokenClaims, TokenVerifier } from "@palisade/functions/src/authorizer/defences/token";

/** Stands in for `token`: the claims are read and nothing is verified, as `jwt.decode` does for those who take it for `verify`. */
export function createTokenVerifier(): TokenVerifier {
  return async (token) =>
    JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as TokenClaims;
}
