import { JwksValidationError } from "aws-jwt-verify/error";
import { assertIsJwks, type Jwk, type Jwks } from "aws-jwt-verify/jwk";

/** A Cognito pool signs with RS256 and 2048 bits (Cognito Developer Guide, "Verifying JSON web tokens"). NIST SP 800-131A asks for as many. */
const LEAST_MODULUS_BYTES = 256;
/** 65537 in base64url. Another exponent is no key of a pool, and of 1 every text is its own signature. */
const EXPONENT = "AQAB";

/**
 * Reads a key set and keeps the keys that a pool may have signed with: RS256, for signatures, of at least 2048 bits, each with an id of its
 * own. A set is not the place to choose an algorithm: another key of it may be public on purpose.
 *
 * @throws JwksValidationError when it is no key set, or none of its keys is left
 */
export function parseKeySet(bytes: ArrayBuffer): Jwks {
  let jwks: Parameters<typeof assertIsJwks>[0];
  try {
    jwks = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw new JwksValidationError("JWKS could not be parsed as JSON");
  }
  assertIsJwks(jwks);
  const { keys } = jwks;
  const usable = keys.filter((key) => isUsable(key) && keys.filter(({ kid }) => kid === key.kid).length === 1);
  if (usable.length === 0) throw new JwksValidationError("JWKS has no key that a pool could have signed with");
  return { keys: usable };
}

function isUsable({ kty, alg, use, kid, n, e, key_ops: operations }: Jwk): boolean {
  if (kty !== "RSA" || alg !== "RS256" || (use ?? "sig") !== "sig" || typeof kid !== "string") return false;
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes("verify"))) return false;
  const modulus = Buffer.from(n ?? "", "base64url");
  return modulus.length >= LEAST_MODULUS_BYTES && modulus[0] !== 0 && e === EXPONENT && !isGuessable(modulus);
}

/** Of a modulus of the library that CVE-2017-15361 (ROCA) is about, the rest by each of these is a power of 65537. */
const ROCA_PRIMES = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157];

function isGuessable(modulus: Buffer): boolean {
  const value = BigInt(`0x${modulus.toString("hex")}`);
  return ROCA_PRIMES.every((prime) => {
    const rest = Number(value % BigInt(prime));
    let power = 1;
    do {
      if (power === rest) return true;
      power = (power * 65537) % prime;
    } while (power !== 1);
    return false;
  });
}
