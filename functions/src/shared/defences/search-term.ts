import { Refusal } from "../refusal.ts";

// What the names of products are written with. No quote, backslash, semicolon, parenthesis or comparison sign.
const TERM = /^[\p{L}\p{N} .,&+%_-]{1,64}$/u;

/**
 * Turns the search of a request into a pattern for `LIKE … ESCAPE '!'` that finds the names with the text in them. The
 * wildcards of LIKE stand for themselves, so that `%` does not find everything.
 *
 * @throws Refusal 400 when the text is missing, longer than 64 characters or has others than letters, digits, space and `.,&+%_-`
 */
export function searchPattern(term: string | undefined): string {
  if (term === undefined || !TERM.test(term)) {
    throw new Refusal({
      defence: "search-term",
      status: 400,
      detail: "q must be 1 to 64 letters, digits, spaces and the characters . , & + % _ -",
    });
  }
  return `%${term.replace(/[%_]/g, "!$&")}%`;
}
