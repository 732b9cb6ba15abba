/** Reading records of other services, whose shape is theirs to change: a part that is not what it should be is a part that is not there. */

/** A record, or an object within one. */
export type Fields = Record<string, unknown>;

/** The object, or one without fields. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The list, or one without elements. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text; undefined when it is none, is empty, or is `-`, with which API Gateway and AWS WAF say that there is nothing. */
export function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value !== "-" ? value : undefined;
}

/** The whole number, also when it is written as text, as API Gateway writes it. */
export function integerOf(value: unknown): number | undefined {
  const number = typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

/** Milliseconds since 1970 of a time in ISO 8601. */
export function millisecondsOf(value: unknown): number | undefined {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** The value without what is undefined, null, or an object or a list in which nothing is left; undefined when nothing is left of it. */
export function compact(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    const kept = value.map(compact).filter((element) => element !== undefined);
    return kept.length > 0 ? kept : undefined;
  }
  if (typeof value !== "object") return value;
  const kept = Object.entries(value).flatMap(([key, inner]) => {
    const left = compact(inner);
    return left === undefined ? [] : [[key, left] as const];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
