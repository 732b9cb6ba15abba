import { invalid } from "./errors.ts";

/** Where a value was given. */
export interface PropertyPlace {
  /** The component's class. */
  component: string;
  /** The component's logical name. */
  name: string;
  /** The path of the property. */
  property: string;
}

/**
 * The value, if it is a whole number within a range.
 *
 * @param range The least and the greatest that are allowed.
 * @throws PalisadeError when it is anything else, an Output included.
 */
export function wholeNumber(place: PropertyPlace, value: unknown, [least, greatest]: [number, number]): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= greatest) return value;
  throw invalid({
    ...place,
    received: value,
    allowed: `a whole number from ${least} to ${greatest}`,
    fix: `set ${place.property} to one`,
  });
}

/**
 * The value, if it is in a list.
 *
 * @throws PalisadeError when it is not.
 */
export function oneOf<T>(place: PropertyPlace, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw invalid({
    ...place,
    received: value,
    allowed: allowed.join(", "),
    fix: `set ${place.property} to one of them`,
  });
}

/**
 * The retention periods of CloudWatch Logs in days, without "never expire".
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
