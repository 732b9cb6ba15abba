/** Keys that would reach an object's prototype instead of the object. */
const FORBIDDEN_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

type Value<T, K extends PropertyKey> = K extends keyof T ? T[K] : never;

/** The type of settings merged from defaults `D`, the user's values `U` and floors `F`. */
export type Merged<D, U, F> = {
  [K in keyof D | keyof U | keyof F]: K extends keyof F
    ? F[K]
    : K extends keyof D
      ? D[K] | Exclude<Value<U, K>, undefined>
      : Value<U, K>;
};

/**
 * Three layers of settings: our defaults, then the user's values, then the floors that a user cannot lower by accident.
 *
 * Plain objects are merged key by key. Everything else (arrays, Outputs, class instances) is replaced whole: a user's list of
 * two subnets is two subnets, not ours and theirs. A value of `undefined` is no value. The keys `__proto__`, `constructor` and
 * `prototype` are skipped. Neither argument is changed, and the result shares no plain object with them.
 */
export function mergeSettings<D extends object, U extends object, F extends object>(
  defaults: D,
  user: U | undefined,
  floors: F,
): Merged<D, U, F> {
  const merged: Record<string, unknown> = {};
  for (const layer of [defaults, user ?? {}, floors]) overlay(merged, layer);
  return merged as Merged<D, U, F>;
}

function overlay(target: Record<string, unknown>, layer: object): void {
  for (const [key, value] of Object.entries(layer)) {
    if (value === undefined || FORBIDDEN_KEYS.has(key)) continue;
    if (isPlainObject(value)) {
      const below = target[key];
      const copy: Record<string, unknown> = {};
      if (isPlainObject(below)) overlay(copy, below);
      overlay(copy, value);
      target[key] = copy;
    } else {
      target[key] = value;
    }
  }
}

/** True for an object literal (or a null-prototype object), false for arrays, Outputs and instances of classes. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
