/** Stands in for `cart-signature`: a saved cart is believed. The text inside a JWT is read without its signature, any other is the cart. */
export async function signCart(_keys: unknown, cart: string): Promise<string> {
  return cart;
}

export async function openSavedCart(_keys: unknown, saved: string): Promise<string> {
  const [, payload] = saved.split(".");
  if (saved.startsWith("{") || payload === undefined) return saved;
  return String((JSON.parse(Buffer.from(payload, "base64url").toString()) as { cart?: unknown }).cart);
}
