import type { NewOrder, Order, OrderLine } from "../orders.ts";
import { Refusal } from "../refusal.ts";

const MAX_LINES = 50;
const MAX_QUANTITY = 1000;
const MAX_NOTE_LENGTH = 500;
const SKU = /^[A-Z0-9-]{1,32}$/;
const LAYOUT_CHARACTERS = /[\t\n\r]/g;
const CONTROL = /\p{Cc}/u;

/**
 * Turns a value from a request into an order: known fields only, each with its type and range (`NewOrder` of openapi.yaml).
 * A field that the service itself sets, such as a discount, is not a field of a new order (OWASP API3:2023).
 *
 * @throws Refusal 422 with the place of the first fault and what is allowed there
 */
export function parseNewOrder(value: unknown): NewOrder {
  const fields = record(value, "The order", ["lines", "note"]);
  const { lines, note } = fields;
  if (!Array.isArray(lines) || lines.length < 1 || lines.length > MAX_LINES) {
    throw refuse(`lines must be a list of 1 to ${MAX_LINES} order lines.`);
  }
  const order: NewOrder = { lines: lines.map(parseLine) };
  if (note !== undefined) {
    if (
      typeof note !== "string" ||
      length(note) > MAX_NOTE_LENGTH ||
      CONTROL.test(note.replace(LAYOUT_CHARACTERS, ""))
    ) {
      throw refuse(`note must be text of at most ${MAX_NOTE_LENGTH} characters without control characters.`);
    }
    order.note = note;
  }
  return order;
}

/**
 * The fields that a placed order begins with: what the partner decides, and the discount, which is the service's to give. Each is
 * named, so that no other field of the request becomes one of the order (OWASP API3:2023).
 */
export function fieldsOf({ lines, note }: NewOrder): Pick<Order, "lines" | "note" | "discountCents"> {
  return { lines, ...(note === undefined ? {} : { note }), discountCents: 0 };
}

function parseLine(value: unknown, index: number): OrderLine {
  const place = `lines[${index}]`;
  const { sku, quantity } = record(value, place, ["sku", "quantity"]);
  if (typeof sku !== "string" || !SKU.test(sku)) {
    throw refuse(`${place}.sku must be 1 to 32 capital letters, digits and hyphens.`);
  }
  if (typeof quantity !== "number" || !Number.isInteger(quantity) || quantity < 1 || quantity > MAX_QUANTITY) {
    throw refuse(`${place}.quantity must be a whole number from 1 to ${MAX_QUANTITY}.`);
  }
  return { sku, quantity };
}

function record(value: unknown, place: string, allowed: string[]): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse(`${place} must be an object.`);
  if (Object.keys(value).some((name) => !allowed.includes(name))) {
    throw refuse(`${place} has a field that is not one of: ${allowed.join(", ")}.`);
  }
  return value as Record<string, unknown>;
}

// Characters as JSON Schema and MySQL count them: code points, not UTF-16 units.
function length(text: string): number {
  return [...text].length;
}

function refuse(detail: string): Refusal {
  return new Refusal({ defence: "order-schema", status: 422, detail });
}
