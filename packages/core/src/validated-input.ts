import * as pulumi from "@pulumi/pulumi";
import { isPlainObject } from "./plain-object.ts";

/** Anything but null and undefined: tells the two forms of `validatedInput` apart. */
type Present = NonNullable<unknown>;

/**
 * Runs a check on an Input: at once when the value is plain, so that the error comes before any resource is created; otherwise
 * in an Output that is gated on the check, so that no resource receives a value that failed it (as pulumi-eks does it).
 *
 * `undefined` is returned unchecked: a missing value has its default. An unknown value (during preview) is checked on `up`.
 *
 * @param check Throws when the value is not allowed.
 */
export function validatedInput<T extends Present>(
  value: pulumi.Input<T>,
  check: (value: pulumi.Unwrap<T>) => void,
): pulumi.Input<T>;
export function validatedInput<T extends Present>(
  value: pulumi.Input<T> | undefined,
  check: (value: pulumi.Unwrap<T>) => void,
): pulumi.Input<T> | undefined;
export function validatedInput<T extends Present>(
  value: pulumi.Input<T> | undefined,
  check: (value: pulumi.Unwrap<T>) => void,
): pulumi.Input<T> | undefined {
  if (value === undefined) return undefined;
  if (isDeeplyPlain(value)) {
    check(value as pulumi.Unwrap<T>);
    return value;
  }
  return pulumi.output(value).apply((resolved) => {
    check(resolved as pulumi.Unwrap<T>);
    return resolved;
  }) as unknown as pulumi.Output<T>;
}

/** True when neither the value nor anything inside it is an Output or a promise. */
export function isDeeplyPlain(value: unknown): boolean {
  if (pulumi.Output.isInstance(value) || value instanceof Promise) return false;
  if (Array.isArray(value)) return value.every(isDeeplyPlain);
  if (isPlainObject(value)) return Object.values(value).every(isDeeplyPlain);
  return true;
}
