import { hasEscapedName, membersAtMost, membersWritten } from "./json-text.ts";

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
  seen.maxDepth = limits.maxDepth;
  seen.maxMembers = limits.maxMembers;
  seen.members = 0;
  seen.byForm = true;
  // A member that is given twice, or that a form does not have, is in the text and in no length of the value. Where every character of
  // the text has its place in the value there is none, and no escape either, and the text needs no look.
  const room = text.length - (isObject(value) ? lengthOfRoot(value) : lengthOf(value, 0));
  if (room !== 0) refuseHidden(text, value, room);
  return value;
}

type Members = Record<string, unknown>;

/** What is seen of the value in work. One object for all texts: nothing in a value calls back, and one for each text is 2% of a short one. */
const seen = { maxDepth: 0, maxMembers: 0, members: 0, byForm: true };

/** The names of objects that look alike: at most four, none of which an object inherits. */
interface Form {
  count: number;
  a: string;
  b: string;
  c: string;
  d: string;
  /** Characters of such an object without its values: braces, quoted names, colons, commas. */
  length: number;
}

/*
 * What a function reads looks alike: an order, and in it a list of lines. The names of the first object that is read, and of the first in
 * a list, are kept, and objects are asked for them. V8 answers that three times as fast as it lists an object's names, if a place in the
 * source asks for one name only, ever. Hence the same four places in two functions, and hence a form is not exchanged for another.
 * An object that lacks a name is looked at by its own names. One that has more of them leaves characters of the text without a place.
 */
const NO_FORM: Form = { count: 0, a: "", b: "", c: "", d: "", length: 0 };
const forms = { root: NO_FORM, item: NO_FORM };

// A member with one of these names can reach Object.prototype when the value is merged or assigned later.
const FORBIDDEN: readonly string[] = ["__proto__", "constructor", "prototype"];
const INHERITED = Object.prototype as unknown as Members;
// `"":0,`
const LEAST_MEMBER = 5;
// What no text is long enough to make positive.
const MISSING = -(2 ** 30);

function formOf(value: Members): Form {
  const names = Object.keys(value);
  const [a, b = "", c = "", d = ""] = names;
  if (a === undefined || names.length > 4) return NO_FORM;
  if (names.some((name) => name in INHERITED || FORBIDDEN.includes(name))) return NO_FORM;
  return { count: names.length, a, b, c, d, length: 1 + names.length * 4 + names.join("").length };
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Looks at every part of a value. Recursion is safe: it ends at the greatest depth.
 *
 * @returns a length that no JSON of the value is shorter than, or `MISSING` for undefined
 */
function lengthOf(value: unknown, depth: number): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value === "number") return lengthOfNumber(value);
  if (value === undefined) return MISSING;
  if (typeof value !== "object" || value === null) return 4;
  return Array.isArray(value) ? lengthOfItems(value, depth) : lengthOfMembers(value as Members, depth);
}

function lengthOfRoot(root: Members): number {
  if (forms.root === NO_FORM) forms.root = formOf(root);
  const { count, a, b, c, d, length } = forms.root;
  // On a prototype that was polluted the name says nothing about the object.
  const isInherited =
    INHERITED[a] !== undefined ||
    INHERITED[b] !== undefined ||
    INHERITED[c] !== undefined ||
    INHERITED[d] !== undefined;
  if (count === 0 || isInherited || seen.maxDepth === 0) return lengthOfMembers(root, 0);
  // Strings, the most frequent kind, are looked at without a call.
  const first = root[a];
  let shortest = length + (typeof first === "string" ? first.length + 2 : lengthOf(first, 1));
  if (count > 1) {
    const member = root[b];
    shortest += typeof member === "string" ? member.length + 2 : lengthOf(member, 1);
  }
  if (count > 2) {
    const member = root[c];
    shortest += typeof member === "string" ? member.length + 2 : lengthOf(member, 1);
  }
  if (count > 3) {
    const member = root[d];
    shortest += typeof member === "string" ? member.length + 2 : lengthOf(member, 1);
  }
  if (shortest < 0) {
    seen.members = 0;
    return lengthOfMembers(root, 0);
  }
  countMembers(count);
  return shortest;
}

function lengthOfItems(items: readonly unknown[], depth: number): number {
  if (depth === seen.maxDepth) throw nestedTooDeep();
  if (forms.item === NO_FORM && isObject(items[0])) forms.item = formOf(items[0]);
  const { count, a, b, c, d, length } = forms.item;
  const isInherited =
    INHERITED[a] !== undefined ||
    INHERITED[b] !== undefined ||
    INHERITED[c] !== undefined ||
    INHERITED[d] !== undefined;
  let byForm = seen.byForm && count > 0 && !isInherited && depth + 1 < seen.maxDepth;
  // Two brackets, and commas between the items.
  let shortest = 1 + Math.max(items.length, 1);
  let alike = 0;
  // Faster by 1% of a short text than with `of`.
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index];
    if (!byForm || !isObject(item)) {
      shortest += lengthOf(item, depth + 1);
      continue;
    }
    const before = seen.members;
    const first = item[a];
    let own = length + (typeof first === "string" ? first.length + 2 : lengthOf(first, depth + 2));
    if (count > 1) {
      const member = item[b];
      own += typeof member === "string" ? member.length + 2 : lengthOf(member, depth + 2);
    }
    if (count > 2) {
      const member = item[c];
      own += typeof member === "string" ? member.length + 2 : lengthOf(member, depth + 2);
    }
    if (count > 3) {
      const member = item[d];
      own += typeof member === "string" ? member.length + 2 : lengthOf(member, depth + 2);
    }
    if (own > 0) alike += 1;
    else {
      // A list is of one kind most often.
      byForm = false;
      seen.members = before;
      own = lengthOfMembers(item, depth + 1);
    }
    shortest += own;
  }
  countMembers(alike * count);
  return shortest;
}

function lengthOfMembers(value: Members, depth: number): number {
  if (depth === seen.maxDepth) throw nestedTooDeep();
  let members = 0;
  let shortest = 1;
  // In this form V8 reads the members from the places that it keeps for the form of the object; a list of names would be made anew each time.
  for (const name in value) {
    // What is on the prototype of every object, should it be polluted, is no member of this one.
    // biome-ignore lint/suspicious/noPrototypeBuiltins: V8 asks nothing in this form, and takes a tenth of JSON.parse for Object.hasOwn.
    if (!Object.prototype.hasOwnProperty.call(value, name)) continue;
    if (name === "__proto__" || name === "constructor" || name === "prototype") {
      throw new JsonRefused("unsafe", "A member of a JSON object has the name of a prototype.");
    }
    members += 1;
    // Two quotes, a colon, and a comma or the brace.
    shortest += name.length + 4;
    const member = value[name];
    if (typeof member === "string") shortest += member.length + 2;
    else if (typeof member === "number") shortest += lengthOfNumber(member);
    else shortest += lengthOf(member, depth + 1);
  }
  countMembers(members);
  return members === 0 ? 2 : shortest;
}

function countMembers(members: number): void {
  seen.members += members;
  if (seen.members > seen.maxMembers) throw tooManyMembers();
}

function lengthOfNumber(value: number): number {
  if (value >= 0 && value < 10 && value === Math.floor(value)) return 1;
  if (value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER) {
    throw new JsonRefused("unsafe", "A number of the JSON is larger than 9007199254740991.");
  }
  if (value !== Math.floor(value)) return 3;
  if (value < 0) return 2;
  if (value < 100) return 2;
  // A multiple of a thousand is shorter with an exponent, as 1e3.
  if (value < 1000 || value % 1000 === 0) return 3;
  let digits = 3;
  for (let bound = 1000; value >= bound; bound *= 10) digits += 1;
  return digits;
}

/**
 * Refuses a text with more members than its value has, and names with an escape: JSON.parse (V8 13.6) can keep two members whose names are
 * written with the same one, so that the value's members prove nothing then.
 *
 * @param room characters of the text that have no place in the value
 */
function refuseHidden(text: string, value: unknown, room: number): void {
  const hasEscapes = text.includes("\\");
  // No member that nobody has seen fits.
  if (!hasEscapes && room > 0 && room < LEAST_MEMBER) return;
  if (membersAtMost(text) !== seen.members) {
    // Objects that have all names of a form can have others too, which were not seen.
    seen.members = 0;
    seen.byForm = false;
    lengthOf(value, 0);
    const written = membersWritten(text);
    if (written > seen.maxMembers) throw tooManyMembers();
    if (written !== seen.members) throw new JsonRefused("unsafe", "A member of a JSON object is given twice.");
  }
  if (hasEscapes && hasEscapedName(text)) {
    throw new JsonRefused("unsafe", "A member of a JSON object has a name that is written with an escape.");
  }
}

function nestedTooDeep(): JsonRefused {
  return new JsonRefused("unsafe", `The JSON is nested more than ${seen.maxDepth} deep.`);
}

function tooManyMembers(): JsonRefused {
  return new JsonRefused("unsafe", `The JSON has more than ${seen.maxMembers} members.`);
}
