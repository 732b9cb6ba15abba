import { SignJWT, UnsecuredJWT } from "jose";
import { describe, expect, test, vi } from "vitest";
import type { CartKeys } from "../../../src/shared/cart-keys.ts";
import { openSavedCart, signCart } from "../../../src/shared/defences/cart-signature.ts";
import { DependencyFault } from "../../../src/shared/refusal.ts";
import { cartKeys } from "../../support/cart-keys.ts";
import { refusalOfPromise } from "../../support/refusals.ts";

const keys = cartKeys("2026-11", "2026-10");
const CART = '{"version":1,"lines":[]}';
const REFUSED = {
  defence: "cart-signature",
  status: 422,
  detail: "The saved cart was not signed by this service for your company, or is older than 30 days.",
};
const { secret } = await keys.current();

const now = () => Math.floor(Date.now() / 1000);

/** A cart as the service signs it, but for what a test changes. */
function signed(claims: object = {}, header: object = {}, key = secret): Promise<string> {
  const time = { iat: now(), exp: now() + 3600 };
  return new SignJWT({ cart: CART, sub: "acme", aud: "palisade:saved-cart", ...time, ...claims })
    .setProtectedHeader({ alg: "HS256", typ: "cart+jwt", kid: "2026-11", ...header })
    .sign(key);
}

describe("a saved cart", () => {
  test("is opened by the company that it was signed for, with the month's key or an older one", async () => {
    const saved = await signCart(keys, CART, "acme");
    expect(JSON.parse(Buffer.from(String(saved.split(".")[0]), "base64url").toString())).toEqual({
      alg: "HS256",
      typ: "cart+jwt",
      kid: "2026-11",
    });
    expect(await openSavedCart(keys, saved, "acme")).toBe(CART);
    expect(await openSavedCart(keys, await signed(), "acme")).toBe(CART);
    const old = await signCart(cartKeys("2026-10"), CART, "acme");
    expect(await openSavedCart(keys, old, "acme")).toBe(CART);
  });

  test("is good for 30 days and no longer", async () => {
    const saved = await signCart(keys, CART, "acme");
    const day = 86_400_000;
    vi.useFakeTimers({ now: Date.now() + 30 * day - 5000 });
    expect(await openSavedCart(keys, saved, "acme")).toBe(CART);
    vi.setSystemTime(Date.now() + 10_000);
    expect(await refusalOfPromise(openSavedCart(keys, saved, "acme"))).toEqual(REFUSED);
    vi.useRealTimers();
  });

  test.each<[string, string | Promise<string>]>([
    ["no JWT", CART],
    ["nothing", ""],
    ["a text of 8193 characters", "a".repeat(8193)],
    ["another company", signed({ sub: "globex" })],
    ["another audience", signed({ aud: "palisade:session" })],
    ["no end", signed({ exp: undefined })],
    ["no beginning", signed({ iat: undefined })],
    ["a past end", signed({ exp: 1 })],
    ["another type", signed({}, { typ: "JWT" })],
    ["another key", signed({}, {}, new Uint8Array(32).fill(99))],
    ["the key of another month", signed({}, { kid: "2026-10" })],
    ["a key that is not there", signed({}, { kid: "2026-01" })],
    ["no key", signed({}, { kid: undefined })],
    ["another hash", signed({}, { alg: "HS512" }, new Uint8Array(64).fill(11))],
    ["a cart that is no text", signed({ cart: { version: 1 } })],
    ["no cart", signed({ cart: undefined })],
    [
      "no signature",
      new UnsecuredJWT({ cart: CART })
        .setSubject("acme")
        .setAudience("palisade:saved-cart")
        .setExpirationTime("1 day")
        .encode(),
    ],
  ])("with %s is refused, in the same words", async (_what, saved) => {
    expect(await refusalOfPromise(openSavedCart(keys, await saved, "acme"))).toEqual(REFUSED);
  });

  test("is refused whichever of its characters is changed", async () => {
    const saved = await signCart(keys, CART, "acme");
    for (let index = 0; index < saved.length - 1; index += 1) {
      const other = saved[index] === "A" ? "B" : "A";
      const changed = saved.slice(0, index) + other + saved.slice(index + 1);
      expect(await refusalOfPromise(openSavedCart(keys, changed, "acme"))).toEqual(REFUSED);
    }
  });

  test("is nobody's where the caller has no company", async () => {
    const saved = await signCart(keys, CART, "");
    expect(await refusalOfPromise(openSavedCart(keys, saved, ""))).toEqual(REFUSED);
  });

  test("is not blamed when its key cannot be read", async () => {
    const fault = new DependencyFault("dynamodb", new Error("lost"));
    const broken: CartKeys = { current: keys.current, find: () => Promise.reject(fault) };
    await expect(openSavedCart(broken, await signCart(keys, CART, "acme"), "acme")).rejects.toBe(fault);
  });
});
