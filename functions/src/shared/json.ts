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
const SHORTEST_FORBIDDEN = 9;

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
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new JsonRefused("malformed", "The JSON is malformed.");
  }
  const seen: Seen = { members: 0, shortest: 0, shortestName: Number.POSITIVE_INFINITY, escapes: text.includes("\\") };
  inspect(value, limits, seen, 0);
  // A member that is given twice is in the text and not in the value: it needs room for its name, two quotes, a colon, a comma and a
  // value. Where the text is too short for one more member than the value has, none is hidden, and nothing is left to count.
  if (seen.escapes || text.length - seen.shortest >= seen.shortestName + 5) refuseHidden(text, seen.members, limits);
  return value;
}

/** What has been seen of a value. */
interface Seen {
  members: number;
  /** A length that no JSON of the value is shorter than. */
  shortest: number;
  /** The length of the shortest name. */
  shortestName: number;
  /** Whether a name can be written with an escape. */
  escapes: boolean;
}

// Looks at every part of the value. Recursion is safe: it ends at the greatest depth.
function inspect(value: unknown, limits: JsonLimits, seen: Seen, depth: number): void {
  if (typeof value === "string") {
    seen.shortest += value.length + 2;
  } else if (typeof value === "number") {
    if (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER) {
      throw new JsonRefused("unsafe", "A number of the JSON is larger than 9007199254740991.");
    }
    seen.shortest += shortestNumber(value);
  } else if (typeof value !== "object" || value === null) {
    seen.shortest += 4;
  } else {
    if (depth === limits.maxDepth) {
      throw new JsonRefused("unsafe", `The JSON is nested more than ${limits.maxDepth} deep.`);
    }
    if (Array.isArray(value)) {
      seen.shortest += 1 + Math.max(value.length, 1);
      for (let index = 0; index < value.length; index += 1) inspect(value[index], limits, seen, depth + 1);
    } else {
      inspectMembers(value as Record<string, unknown>, limits, seen, depth);
    }
  }
}

function inspectMembers(value: Record<string, unknown>, limits: JsonLimits, seen: Seen, depth: number): void {
  const names = Object.keys(value);
  seen.members += names.length;
  if (seen.members > limits.maxMembers) throw tooManyMembers(limits);
  // V8 (13.6) can keep a member twice whose name is written with the same escape both times; fuzzing found it.
  if (seen.escapes && new Set(names).size < names.length) throw givenTwice();
  // Two braces, and commas between the members.
  let shortest = 1 + Math.max(names.length, 1);
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] as string;
    if (name.length >= SHORTEST_FORBIDDEN && FORBIDDEN_NAMES.has(name)) {
      throw new JsonRefused("unsafe", "A member of a JSON object has the name of a prototype.");
    }
    if (name.length < seen.shortestName) seen.shortestName = name.length;
    shortest += name.length + 3;
    const member = value[name];
    // The most frequent kind is looked at without a call.
    if (typeof member === "string") shortest += member.length + 2;
    else inspect(member, limits, seen, depth + 1);
  }
  seen.shortest += shortest;
}

// A length that no JSON of the number is shorter than.
function shortestNumber(value: number): number {
  if (value !== Math.floor(value)) return 3;
  if (value < 0) return 2;
  // A multiple of ten can be written with an exponent, as 1e3.
  if (value >= 1000 && value % 10 === 0) return 3;
  let digits = 1;
  for (let bound = 10; value >= bound; bound *= 10) digits += 1;
  return digits;
}

function tooManyMembers(limits: JsonLimits): JsonRefused {
  return new JsonRefused("unsafe", `The JSON has more than ${limits.maxMembers} members.`);
}

function givenTwice(): JsonRefused {
  return new JsonRefused("unsafe", "A member of a JSON object is given twice.");
}

// Counts the members as they are written. The text is JSON, so that a colon outside a string is a member's.
function refuseHidden(text: string, members: number, limits: JsonLimits): void {
  let written = 0;
  let start = 0;
  let end = 0;
  let escaped = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      start = index;
      index = endOfString(text, index);
      end = index;
    } else if (code === COLON) {
      if (++written > limits.maxMembers) throw tooManyMembers(limits);
      escaped ||= text.slice(start, end).includes("\\");
    }
  }
  if (written !== members) throw givenTwice();
  // JSON.parse (V8 13.6) can keep two members whose names are written with an escape, so that the value's members prove nothing then.
  if (escaped) throw new JsonRefused("unsafe", "A member of a JSON object has a name that is written with an escape.");
}

const QUOTE = 0x22;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

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
