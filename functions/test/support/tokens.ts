import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";

export const USER_POOL_ID = "eu-west-1_AbCdEf123";
export const ISSUER = `https://cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}`;
export const CLIENT_ID = "client1";
export const SCOPE = "aws.cognito.signin.user.admin";

/** A user pool that signs tokens with a key of its own. */
export async function createTestPool() {
  const { publicKey, privateKey } = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "key-1", alg: "RS256", use: "sig" };
  return {
    jwks: { keys: [jwk] },
    publicJwk: jwk,
    /** An access token, with some claims or headers of another kind. */
    sign: (claims: JWTPayload = {}, header: { kid?: string } = {}): Promise<string> => {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({
        sub: "user-alice",
        iss: ISSUER,
        client_id: CLIENT_ID,
        token_use: "access",
        scope: SCOPE,
        "cognito:groups": ["partner", "company:acme"],
        iat: now,
        exp: now + 3600,
        ...claims,
      })
        .setProtectedHeader({ alg: "RS256", kid: "key-1", ...header })
        .sign(privateKey);
    },
  };
}
