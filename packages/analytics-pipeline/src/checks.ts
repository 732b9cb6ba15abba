import { invalid, type PropertyPlace } from "@palisade/core";

export const COMPONENT = "AnalyticsPipeline";

/** The value, if it is a number within a range. */
export function share(place: PropertyPlace, value: unknown, [least, greatest]: [number, number]): number {
  if (typeof value === "number" && value >= least && value <= greatest) return value;
  throw invalid({
    ...place,
    received: value,
    allowed: `a number from ${least} to ${greatest}`,
    fix: `set ${place.property} to one`,
  });
}

/** The text, if it has a form. */
export function formed(place: PropertyPlace, value: unknown, form: RegExp, allowed: string): string {
  if (typeof value === "string" && form.test(value)) return value;
  throw invalid({ ...place, received: value, allowed, fix: `set ${place.property} to one` });
}
