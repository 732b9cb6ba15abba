import { invalid, isPlainObject, type PalisadeError } from "@palisade/core";

/** Whose document it is, for errors. */
export interface DocumentOwner {
  /** The component's class, or `OpenAPI document` where a document is read on its own. */
  component: string;
  /** The component's logical name, or the document's title. */
  name: string;
  /** What stands before a path into the document: `apiDocument.`, or nothing. */
  prefix: string;
}

/** A plain object of a document, with unknown values. */
export type Json = Record<string, unknown>;

/** The owner of a document that is read on its own: its title. */
export function titleOf(document: unknown): DocumentOwner {
  const info = own(document, "info");
  const title = own(info, "title");
  return { component: "OpenAPI document", name: typeof title === "string" ? title : "without a title", prefix: "" };
}

/** A value of an object's own property: never of its prototype, so that an id such as `constructor` finds nothing. */
export function own(object: unknown, key: string): unknown {
  return isPlainObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The error for a place in the document; the document itself is at `""`. */
export function fault(
  owner: DocumentOwner,
  place: string,
  details: { received?: unknown; receivedText?: string; allowed: string; fix: string },
): PalisadeError {
  const whole = owner.prefix === "" ? "the document" : owner.prefix.slice(0, -1);
  const property = place === "" ? whole : `${owner.prefix}${place}`;
  return invalid({ component: owner.component, name: owner.name, property, ...details });
}

/** How a key of an object is written in a place: `.get`, or `["/orders"]` where it is no identifier. */
export function at(place: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${place}[${JSON.stringify(key)}]`;
  return place === "" ? key : `${place}.${key}`;
}

/** The own entries of an object; an error where the value is not a plain object. A missing value has no entries. */
export function entriesOf(owner: DocumentOwner, place: string, value: unknown): [string, unknown][] {
  if (value === undefined) return [];
  return Object.entries(objectAt(owner, place, value));
}

/** The value as a plain object, or an error that names its place. */
export function objectAt(owner: DocumentOwner, place: string, value: unknown): Json {
  if (!isPlainObject(value)) {
    throw fault(owner, place, {
      received: value,
      allowed: "a plain object of the parsed document",
      fix: "pass the document parsed, and as a literal, not as an Output or as text",
    });
  }
  return value;
}

/** The value as an array, or an error that names its place. A missing value is an empty array. */
export function arrayAt(owner: DocumentOwner, place: string, value: unknown): unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    throw fault(owner, place, { received: value, allowed: "an array", fix: "write it as a list" });
  }
  return value;
}

// Deep enough for any contract written by hand; a YAML alias that contains itself goes deeper.
const MAXIMUM_DEPTH = 64;

/**
 * Checks that the document is JSON that can be walked: plain values, no object that contains itself, no key that would reach a
 * prototype when it is copied.
 */
export function checkJson(owner: DocumentOwner, document: unknown): void {
  walk(owner, "", document, 0);
}

function walk(owner: DocumentOwner, place: string, value: unknown, depth: number): void {
  if (depth > MAXIMUM_DEPTH) {
    throw fault(owner, place.slice(0, 60), {
      receivedText: `nested more than ${MAXIMUM_DEPTH} levels deep`,
      allowed: `at most ${MAXIMUM_DEPTH} levels`,
      fix: "replace the alias or object that contains itself by a $ref",
    });
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(owner, `${place}[${index}]`, item, depth + 1);
  } else if (isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === "__proto__") {
        throw fault(owner, at(place, key), {
          receivedText: "a key that would reach an object's prototype",
          allowed: "any other key",
          fix: "rename it",
        });
      }
      walk(owner, at(place, key), item, depth + 1);
    }
  } else if (value !== null && value !== undefined && !["string", "number", "boolean"].includes(typeof value)) {
    throw fault(owner, place, {
      received: value,
      allowed: "JSON: objects, arrays, text, numbers, true, false, null",
      fix: "pass the document parsed, and as a literal, not as an Output or as text",
    });
  }
}

/**
 * What a local reference names, or the value itself where it is no reference.
 *
 * @param section The only section of the document that the reference may name, for example `components/parameters`.
 */
export function resolve(owner: DocumentOwner, document: Json, place: string, value: unknown, section: string): Json {
  const reference = own(value, "$ref");
  if (reference === undefined) return objectAt(owner, place, value);
  const prefix = `#/${section}/`;
  const target =
    typeof reference === "string" && reference.startsWith(prefix)
      ? own(section.split("/").reduce<unknown>(own, document), reference.slice(prefix.length))
      : undefined;
  if (!isPlainObject(target) || own(target, "$ref") !== undefined) {
    throw fault(owner, `${place}.$ref`, {
      received: reference,
      allowed: `the name of something under ${section} of this document, itself no reference`,
      fix: `define it under ${section}: API Gateway does not read other files`,
    });
  }
  return target;
}
