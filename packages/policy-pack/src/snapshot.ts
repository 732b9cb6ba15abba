import { UNKNOWN } from "./unknown.ts";

/**
 * A copy of the inputs that Pulumi gives to a policy, with `UNKNOWN` in the place of what is not known: in a preview Pulumi's
 * own object throws an UnknownValueError where such a value is read, which would end the whole rule.
 */
export function snapshot(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_item, index) => read(() => value[index]));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.keys(value).map((key) => [key, read(() => (value as Record<string, unknown>)[key])]),
  );
}

function read(get: () => unknown): unknown {
  try {
    return snapshot(get());
  } catch (error) {
    if ((error as Error)?.constructor?.name === "UnknownValueError") return UNKNOWN;
    throw error;
  }
}
