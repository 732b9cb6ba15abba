import { isArn } from "@palisade/core";
import {
  ENTROPY,
  HEX_ENTROPY,
  METADATA_WORDS,
  PUBLIC_VALUES,
  SECRET_PARTS,
  SECRET_WORDS,
  VALUE_RULES,
} from "./rules.ts";

/** Why a variable was taken for a secret. It never holds the value. */
export interface Finding {
  /** The id of the rule: `secret-name`, `high-entropy`, or one of `VALUE_RULES`. */
  rule: string;
  /** What it looks like, as a phrase. */
  looksLike: string;
}

/** What is wrong with a variable, or undefined. A reference to a secret is never a finding. */
export function findSecret(name: string, value: string): Finding | undefined {
  if (isReference(value)) return undefined;
  return secretName(name, value) ?? secretValue(name, value);
}

/**
 * True for the ARN of a Secrets Manager secret, and for the ARN or the path (`/team/stage/name`) of a Parameter Store parameter.
 * A secret's plain name has no form of its own, so it is taken as a value; put it in a variable that ends in `_NAME`.
 */
export function isReference(value: string): boolean {
  if (/^arn:[a-z0-9-]+:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+$/.test(value)) return true;
  if (/^arn:[a-z0-9-]+:ssm:[a-z0-9-]+:\d{12}:parameter\/[\w./-]+$/.test(value)) return true;
  return /^\/[\w.-]+(?:\/[\w.-]+)+$/.test(value);
}

/** A finding when the name reads like a secret's and the value is not an ARN that the name promises (`TOKEN_TABLE_ARN`). */
function secretName(name: string, value: string): Finding | undefined {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  if (METADATA_WORDS.includes(last) || (last === "arn" && isArn(value)) || value === "") return undefined;
  const joined = words.join("");
  const named = SECRET_PARTS.some((part) => joined.includes(part)) || SECRET_WORDS.some((word) => words.includes(word));
  return named ? { rule: "secret-name", looksLike: "a secret, by its name" } : undefined;
}

/** `dbPassword`, `DB_PASSWORD` and `db-password` have the same words. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function secretValue(name: string, value: string): Finding | undefined {
  const rule = VALUE_RULES.find(({ pattern }) => pattern.test(value));
  if (rule !== undefined) return { rule: rule.id, looksLike: rule.finds };
  return !isPublic(name, value) && isRandom(value) ? { rule: "high-entropy", looksLike: "a random key" } : undefined;
}

/** True for what is known to be public by the name and the form together: neither alone is enough. */
function isPublic(name: string, value: string): boolean {
  const joined = `_${wordsOf(name).join("_")}`;
  return PUBLIC_VALUES.some(
    ({ words, pattern }) => words.some((end) => joined.endsWith(`_${end}`)) && pattern.test(value),
  );
}

/** Public by nature, and random to look at. */
const PUBLIC_BLOCKS = /-----BEGIN (CERTIFICATE|PUBLIC KEY)-----[\s\S]*?-----END \1-----/g;

function isRandom(value: string): boolean {
  if (isArn(value)) return false;
  const text = value.replace(PUBLIC_BLOCKS, "");
  return runs(text, /[A-Za-z0-9+/=_-]+/g).some(isRandomBase64) || runs(text, /[0-9a-fA-F]+/g).some(isRandomHex);
}

function runs(text: string, pattern: RegExp): string[] {
  return text.match(pattern) ?? [];
}

function isRandomBase64(run: string): boolean {
  // A path or a chain of words has a separator every few letters; random base64 goes on without one.
  const longest = run.split(/[/_-]/).reduce((best, part) => (part.length > best.length ? part : best), "");
  const text = longest.length >= ENTROPY.minimumLength / 2 ? run : longest;
  const digits = text.replace(/\D/g, "").length;
  return (
    text.length >= ENTROPY.minimumLength &&
    digits >= ENTROPY.minimumDigits &&
    /[a-z]/.test(text) &&
    /[A-Z]/.test(text) &&
    entropy(text) >= ENTROPY.minimumBits
  );
}

function isRandomHex(run: string): boolean {
  return run.length >= HEX_ENTROPY.minimumLength && entropy(run.toLowerCase()) >= HEX_ENTROPY.minimumBits;
}

/** Shannon's entropy of a text, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
