/** The sizes of a benchmark's document: the last is ten times the one before, which is ten times the first. */
export interface Sizes<T> {
  small: T;
  middle: T;
  large: T;
}

/** A partner's feed of at least so many bytes, as `POST /orders/import` takes it. */
export function xmlFeed(bytes: number): string {
  const parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<orders>\n'];
  let length = Number(parts[0]?.length);
  for (let order = 0; length < bytes; order += 1) {
    const part = `  <order>
    <line sku="MUG-${order % 100}" quantity="${(order % 9) + 1}"/>
    <line sku="TEE-${order % 77}" quantity="2"/>
    <note>Deliver to gate ${order}, ask for Ms Andrews &amp; ring twice, please.</note>
  </order>\n`;
    parts.push(part);
    length += part.length;
  }
  return flat(`${parts.join("")}</orders>\n`);
}

/** An order of so many lines, as `POST /orders` takes it, indented by so many blanks; default: one line without any. */
export function jsonOrder(lines: number, indent?: number): string {
  const order = {
    lines: Array.from({ length: lines }, (_, index) => ({ sku: `MUG-${index}`, quantity: (index % 9) + 1 })),
    note: "Deliver to gate 7, ask for Ms Andrews, ring twice.",
  };
  return flat(JSON.stringify(order, null, indent));
}

/** A text of so many characters, without a character of HTML's, or with one in twenty. */
export function noteText(length: number, dirty: boolean): string {
  const sentence = dirty
    ? `Ring "twice" & wait at gate <7> for Ms O'Neil. `
    : "Ring twice and wait at gate seven for Ms Andrews. ";
  return flat(sentence.repeat(Math.ceil(length / sentence.length)).slice(0, length));
}

// A text of its own, not one that V8 keeps as the sum of others, as a request's body is.
function flat(text: string): string {
  return Buffer.from(text).toString();
}
