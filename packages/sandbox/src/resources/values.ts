import type { Properties } from "./handler.ts";

/** A policy document as JSON text: programs give it as text or as an object. */
export function policyJson(policy: unknown): string {
  return typeof policy === "string" ? policy : JSON.stringify(policy);
}

/** Tags as AWS's older APIs want them. */
export function tagList(tags: Record<string, string> | undefined): { Key: string; Value: string }[] | undefined {
  return tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/**
 * An input object of the provider, in camel case, as the API's, in Pascal case, at every depth. Not for maps whose keys are
 * the user's own (tags, variables).
 *
 * @param spelling Names that differ by more than the first letter: `{ callbackUrls: "CallbackURLs" }`.
 */
// biome-ignore lint/suspicious/noExplicitAny: the result goes into the SDK's typed commands, whose shapes the provider's schema mirrors
export function pascalCase(value: unknown, spelling: Record<string, string> = {}): any {
  if (Array.isArray(value)) return value.map((item) => pascalCase(item, spelling));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [spelling[key] ?? key.charAt(0).toUpperCase() + key.slice(1), pascalCase(item, spelling)]),
  );
}

/** The properties of an object that are named, where they are given. */
export function pick<K extends string>(value: Properties, keys: readonly K[]): Partial<Record<K, unknown>> {
  return Object.fromEntries(keys.flatMap((key) => (value[key] === undefined ? [] : [[key, value[key]]]))) as Partial<
    Record<K, unknown>
  >;
}

/** Runs a deletion; a resource that is already gone is what was wanted. */
export async function ignoreMissing(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion;
  } catch (error) {
    const name = (error as Error).name;
    if (
      !/NotFound|NonexistentItem|NoSuchEntity|NoSuchBucket|NonExistentQueue|QueueDoesNotExist|InvalidGroup\.NotFound/.test(
        name,
      )
    )
      throw error;
  }
}
