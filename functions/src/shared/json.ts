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
const FORBIDDEN: readonly string[] = ["__proto__", "constructor", "prototype"];
// `"":0,`
const LEAST_MEMBER = 5;

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
  // A name that is written with an escape can be any name. Looking for a word in a text costs next to nothing, looking at each name much.
  const escapes = text.includes("\\");
  const seen: Seen = {
    limits,
    members: 0,
    judgesNames: escapes || FORBIDDEN.some((name) => text.includes(name)),
    polluted: isPolluted(),
  };
  const shortest = inspect(value, seen, 0);
  // A member that is given twice is in the text and not in the value: it needs room for two quotes, a colon, a comma and a value. Where
  // the text is too short for one more member than the value has, none is hidden, and nothing is left to count.
  if (escapes || text.length - shortest >= LEAST_MEMBER) refuseHidden(text, seen.members, limits);
  return value;
}

/** What has been seen of a value, and what is looked at. */
interface Seen {
  limits: JsonLimits;
  members: number;
  /** Whether a name of the text can be one that is forbidden, or be there twice. */
  judgesNames: boolean;
  /** Whether a loop over any object's members meets others than its own. */
  polluted: boolean;
}

/**
 * Looks at every part of a value. Recursion is safe: it ends at the greatest depth.
 *
 * @returns a length that no JSON of the value is shorter than
 */
function inspect(value: unknown, seen: Seen, depth: number): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value === "number") return inspectNumber(value);
  if (typeof value !== "object" || value === null) return 4;
  return Array.isArray(value)
    ? inspectItems(value, seen, depth)
    : inspectMembers(value as Record<string, unknown>, seen, depth);
}

function inspectItems(items: readonly unknown[], seen: Seen, depth: number): number {
  if (depth === seen.limits.maxDepth) throw nestedTooDeep(seen.limits);
  // Two brackets, and commas between the items.
  let shortest = 1 + Math.max(items.length, 1);
  for (const item of items) {
    // A list is of objects most often, which are looked at without a call that asks what they are.
    shortest +=
      typeof item === "object" && item !== null && !Array.isArray(item)
        ? inspectMembers(item as Record<string, unknown>, seen, depth + 1)
        : inspect(item, seen, depth + 1);
  }
  return shortest;
}

function inspectMembers(given: Record<string, unknown>, seen: Seen, depth: number): number {
  if (depth === seen.limits.maxDepth) throw nestedTooDeep(seen.limits);
  if (seen.judgesNames) judgeNames(given);
  // What is on the prototype of every object, should it be polluted, is no member of this one.
  const value = seen.polluted ? (Object.assign(Object.create(null), given) as typeof given) : given;
  let members = 0;
  let shortest = 1;
  // In this form V8 reads the members from the places that it keeps for the form of the object; a list of names would be made anew each time.
  for (const name in value) {
    members += 1;
    // Two quotes, a colon, and a comma or the brace.
    shortest += name.length + 4;
    const member = value[name];
    // The most frequent kinds are looked at without a call.
    if (typeof member === "string") shortest += member.length + 2;
    else if (typeof member === "number") shortest += inspectNumber(member);
    else shortest += inspect(member, seen, depth + 1);
  }
  seen.members += members;
  if (seen.members > seen.limits.maxMembers) throw tooManyMembers(seen.limits);
  return members === 0 ? 2 : shortest;
}

function isPolluted(): boolean {
  for (const _name in {}) return true;
  return false;
}

function judgeNames(value: Record<string, unknown>): void {
  const names = Object.keys(value);
  // V8 (13.6) can keep a member twice whose name is written with the same escape both times; fuzzing found it.
  if (new Set(names).size < names.length) throw givenTwice();
  if (names.some((name) => FORBIDDEN.includes(name))) {
    throw new JsonRefused("unsafe", "A member of a JSON object has the name of a prototype.");
  }
}

// A length that no JSON of the number is shorter than.
function inspectNumber(value: number): number {
  if (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER) {
    throw new JsonRefused("unsafe", "A number of the JSON is larger than 9007199254740991.");
  }
  if (value !== Math.floor(value)) return 3;
  if (value < 0) return 2;
  if (value < 10) return 1;
  if (value < 100) return 2;
  // A multiple of ten can be written with an exponent, as 1e3.
  if (value < 1000 || value % 10 === 0) return 3;
  let digits = 3;
  for (let bound = 1000; value >= bound; bound *= 10) digits += 1;
  return digits;
}

function nestedTooDeep(limits: JsonLimits): JsonRefused {
  return new JsonRefused("unsafe", `The JSON is nested more than ${limits.maxDepth} deep.`);
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
