/** What of an access token's claims a session needs. */
export interface SessionClaims {
  /** The sign-in that the token comes from; undefined in a token of a pool whose clients do not revoke tokens. */
  originJti?: string;
}

/**
 * Reads the claims of an access token without verifying it: one that Cognito has just given us, or one that the authorizer has verified.
 */
export function claimsOf(token: string): SessionClaims {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    const { origin_jti: originJti } = claims as Record<string, unknown>;
    return typeof originJti === "string" && originJti !== "" ? { originJti } : {};
  } catch {
    return {};
  }
}
