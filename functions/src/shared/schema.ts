import { Unanswerable } from "./refusal.ts";

/** A fault that compiled code of `schemas/` finds. */
interface Fault {
  instancePath: string;
  keyword: string;
  params: { missingProperty?: string };
  parentSchema: Described;
}

interface Described {
  title?: string;
  description?: string;
  type?: string;
  properties?: Record<string, Described>;
}

/** The compiled check of a request body's schema: one of `schemas/`, which `pnpm schemas` makes of openapi.yaml. */
export interface Validate<out T> {
  (value: unknown): value is T;
  errors?: Fault[] | null;
}

/**
 * Reads a body by the contract's schema.
 *
 * @param validate `validate` of the schema's file
 * @returns the value itself, which has the schema's fields and no other
 * @throws Unanswerable 422 with the place of the first fault and what is allowed there
 */
export function readSchema<T>(validate: Validate<T>, value: unknown): T {
  if (validate(value)) return value;
  throw new Unanswerable(422, faultOf(validate));
}

/**
 * The first fault that a check has found, as a sentence. Its words are the contract's; nothing of the value is in it.
 *
 * @param validate a check that has just answered `false`. Its faults, which hold the value, are let go
 */
export function faultOf(validate: Validate<unknown>): string {
  const fault = validate.errors?.[0];
  // A password that was refused must not wait in memory for the next request.
  validate.errors = null;
  if (fault === undefined) return "The body is not what the contract says.";
  const { instancePath, keyword, params, parentSchema } = fault;
  // Of a path only names of the schema and numbers are left: what the schema does not name is found in the object that has it.
  const place = instancePath
    .slice(1)
    .replace(/\/(\d+)/g, "[$1]")
    .replaceAll("/", ".");
  const name = place === "" ? (parentSchema.title ?? "The body") : place;
  if (keyword === "additionalProperties") {
    return `${name} has a field that is not one of: ${Object.keys(parentSchema.properties ?? {}).join(", ")}.`;
  }
  if (keyword === "required") {
    const missing = String(params.missingProperty);
    return sentence(place === "" ? missing : `${place}.${missing}`, parentSchema.properties?.[missing]);
  }
  return sentence(name, parentSchema);
}

function sentence(name: string, { description, type }: Described = {}): string {
  return `${name} must be ${description ?? (type === "object" ? "an object" : "what the contract says")}.`;
}
