import type { SavedCart } from "../carts.ts";
import { type JsonLimits, JsonRefused, parseJson } from "../json.ts";
import { Refusal } from "../refusal.ts";

const LIMITS: JsonLimits = { maxBytes: 8192, maxDepth: 4, maxMembers: 250 };
const MAX_LINES = 50;
const MAX_QUANTITY = 1000;
const SKU = /^[A-Z0-9-]{1,32}$/;

/**
 * Revives a saved cart, which is the data `{"version":1,"lines":[{"sku":"…","quantity":1}]}` and nothing else: no code is run,
 * no object of the text is kept, and no name but these is read.
 *
 * @throws Refusal 422 when it is anything else
 */
export function reviveCart(text: string): SavedCart {
  let value: unknown;
  try {
    value = parseJson(text, LIMITS);
  } catch (error) {
    if (error instanceof JsonRefused) throw refuse(error.message);
    throw error;
  }
  const { version, lines } = record(value, ["version", "lines"]);
  if (version !== 1) throw refuse("The saved cart's version must be 1.");
  if (!Array.isArray(lines) || lines.length > MAX_LINES) {
    throw refuse(`The saved cart's lines must be a list of at most ${MAX_LINES}.`);
  }
  return {
    lines: lines.map((line) => {
      const { sku, quantity } = record(line, ["sku", "quantity"]);
      if (typeof sku !== "string" || !SKU.test(sku)) throw refuse("A line of the saved cart has no valid sku.");
      if (typeof quantity !== "number" || !Number.isInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) {
        throw refuse(`A line of the saved cart has a quantity that is not a whole number from 1 to ${MAX_QUANTITY}.`);
      }
      return { sku, quantity };
    }),
  };
}

function record(value: unknown, names: string[]): Record<string, unknown> {
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  if (!isRecord || Object.keys(value).length !== names.length || !names.every((name) => Object.hasOwn(value, name))) {
    throw refuse(`The saved cart is not the data that this service saves (${names.join(", ")}).`);
  }
  return value as Record<string, unknown>;
}

function refuse(detail: string): Refusal {
  return new Refusal({ defence: "cart-revival", status: 422, detail });
}
