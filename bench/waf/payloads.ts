import type { BenchCase, BenchRequest } from "./requests.ts";

/** The longest that fits the firewall's own limit of a query string once it is encoded three bytes a character. */
const LONGEST = 600;

/**
 * The texts that the requests of attacks carry, each once, in their order: values of the query and of a form, a body that is no form,
 * values of headers that only an attack has, and a path that is none of a test's own.
 */
export function payloadsOf(cases: readonly BenchCase[]): string[] {
  const texts = cases.flatMap(({ request }) => [...queryTexts(request), ...bodyTexts(request), ...otherTexts(request)]);
  return [...new Set(texts)].filter((text) => text !== "" && text.length <= LONGEST && isWhole(text));
}

/** Some of a list, evenly spread over it: the same in every run. */
export function sample<T>(list: readonly T[], count: number): T[] {
  if (list.length <= count) return [...list];
  return Array.from({ length: count }, (_, index) => list[Math.floor((index * list.length) / count)] as T);
}

function queryTexts({ uri }: BenchRequest): string[] {
  const [, query] = /\?(.*)$/s.exec(uri) ?? [];
  return query === undefined ? [] : formTexts(query);
}

function bodyTexts({ body }: BenchRequest): string[] {
  const text = body.toString("utf8").replace(/\n$/, "");
  if (text === "") return [];
  return /^[\w%.+-]*=/.test(text) ? formTexts(text) : [decoded(text)];
}

function formTexts(text: string): string[] {
  return text.split("&").map((pair) => decoded(pair.slice(pair.indexOf("=") + 1)));
}

/** Headers that every request has say nothing. */
const COMMON = /^(host|user-agent|accept|content-type|content-length|connection|authorization)$/i;

function otherTexts({ headers, uri }: BenchRequest): string[] {
  const [path = ""] = uri.split("?");
  const segment = decoded(path.replace(/^\/(get|post)\/?/, ""));
  const values = headers.filter(([name]) => !COMMON.test(name)).map(([, value]) => decoded(value));
  return /[^\w/.-]/.test(segment) ? [...values, segment] : values;
}

/** Percent codes undone, where they are codes. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

/** Whether a text can be encoded at all: half a pair of surrogates cannot. */
function isWhole(text: string): boolean {
  return Buffer.from(text, "utf8").toString("utf8") === text;
}
