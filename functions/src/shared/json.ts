/** How much of a JSON text is accepted. */
export interface JsonLimits {
  /** Bytes of the text in UTF-8. */
  maxBytes: number;
  /** Objects and arrays inside each other. */
  maxDepth: number;
  /** Members of all objects together. */
  maxMembers: number;
}

/** A JSON text that is refused. The reason says what is wrong and repeats nothing of the text. */
export class JsonRefused extends Error {
  /** `size` when the text is too long; `malformed` when it is no JSON; `unsafe` otherwise. */
  readonly kind: "size" | "malformed" | "unsafe";

  constructor(kind: JsonRefused["kind"], reason: string) {
    super(reason);
    this.name = "JsonRefused";
    this.kind = kind;
  }
}

// A member with one of these names can reach Object.prototype when the value is merged or assigned later.
const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Parses a JSON text from a stranger: as `JSON.parse`, and refuses what is legal JSON and a trap: members given twice (readers
 * disagree which one counts, RFC 8259 section 4), names that reach a prototype, numbers that a double cannot hold exactly.
 *
 * @throws JsonRefused
 */
export function parseJson(text: string, limits: JsonLimits): unknown {
  // A character takes three bytes at most for each UTF-16 unit, so that short texts need no counting.
  if (text.length * 3 > limits.maxBytes && Buffer.byteLength(text) > limits.maxBytes) {
    throw new JsonRefused("size", `The JSON is longer than ${limits.maxBytes} bytes.`);
  }
  const written = measure(text, limits);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new JsonRefused("malformed", "The JSON is malformed.");
  }
  if (inspect(value) !== written) throw new JsonRefused("unsafe", "A member of a JSON object is given twice.");
  return value;
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

// Counts the members as they are written and holds the depth, before anything is built from the text. It reads brackets and
// colons outside strings; whether the text is JSON at all is for JSON.parse to say.
function measure(text: string, limits: JsonLimits): number {
  let depth = 0;
  let members = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfString(text, index);
    } else if (code === COLON) {
      if (++members > limits.maxMembers) {
        throw new JsonRefused("unsafe", `The JSON has more than ${limits.maxMembers} members.`);
      }
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > limits.maxDepth) {
        throw new JsonRefused("unsafe", `The JSON is nested more than ${limits.maxDepth} deep.`);
      }
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return members;
}

// The index of the quote that ends the string beginning at `start`, or the text's length when none does.
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === BACKSLASH) backslashes++;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

// Counts the members of the value and refuses names and numbers. Recursion is safe: the depth has been limited.
function inspect(value: unknown): number {
  if (typeof value === "number") {
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      throw new JsonRefused("unsafe", "A number of the JSON is larger than 9007199254740991.");
    }
    return 0;
  }
  if (typeof value !== "object" || value === null) return 0;
  let members = 0;
  if (Array.isArray(value)) {
    for (const item of value) members += inspect(item);
    return members;
  }
  for (const name of Object.keys(value)) {
    if (FORBIDDEN_NAMES.has(name)) {
      throw new JsonRefused("unsafe", "A member of a JSON object has the name of a prototype.");
    }
    members += 1 + inspect((value as Record<string, unknown>)[name]);
  }
  return members;
}
