import { jwtVerify, SignJWT } from "jose";
import { CART_DAYS, type CartKeys } from "../cart-keys.ts";
import { Refusal } from "../refusal.ts";

/** The longest text of a saved cart, which openapi.yaml says too. The largest cart (50 lines) is under 5,000 characters. */
const MAX_LENGTH = 8192;
const TYPE = "cart+jwt";
const AUDIENCE = "palisade:saved-cart";
const ALGORITHM = "HS256";

/**
 * Signs a cart for the company that saves it: a JWT (RFC 7519) that only this service can make and only this company can restore, for
 * 30 days.
 *
 * @param cart the cart's data, as text
 */
export async function signCart(keys: CartKeys, cart: string, companyId: string): Promise<string> {
  const { id, secret } = await keys.current();
  return await new SignJWT({ cart })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: id })
    .setSubject(companyId)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${CART_DAYS} days`)
    .sign(secret);
}

/**
 * Checks a saved cart's signature, algorithm (RFC 8725, section 3.1), type, age and company before anything of it is read.
 *
 * @returns the cart's data, as text: what was signed, and not yet known to be a cart
 * @throws Refusal 422, in the same words whatever is wrong; what the keys throw when they cannot be read
 */
export async function openSavedCart(keys: CartKeys, saved: string, companyId: string): Promise<string> {
  if (saved.length > MAX_LENGTH || companyId === "") throw refuse();
  let fault: unknown;
  const keyOf = async ({ kid = "" }: { kid?: string }): Promise<Uint8Array> => {
    try {
      const key = await keys.find(kid);
      if (key !== undefined) return key.secret;
    } catch (error) {
      fault = error;
    }
    throw refuse();
  };
  try {
    const { payload } = await jwtVerify(saved, keyOf, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      audience: AUDIENCE,
      subject: companyId,
      requiredClaims: ["exp", "iat", "cart"],
    });
    if (typeof payload.cart === "string") return payload.cart;
  } catch {
    // A key that could not be read is no fault of the cart's.
    if (fault !== undefined) throw fault;
  }
  throw refuse();
}

function refuse(): Refusal {
  return new Refusal({
    defence: "cart-signature",
    status: 422,
    detail: "The saved cart was not signed by this service for your company, or is older than 30 days.",
  });
}
