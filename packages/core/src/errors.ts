import * as pulumi from "@pulumi/pulumi";

/**
 * An error for the person at the terminal. It extends Pulumi's `RunError`, which the CLI prints as its message alone, without a
 * stack trace of our own files.
 */
export class PalisadeError extends pulumi.RunError {
  override readonly name = "PalisadeError";
}

/** What is wrong with one property of one component. */
export interface InvalidProperty {
  /** The component's class, for example `HardenedFunction`. */
  component: string;
  /** The logical name that the caller gave the component. */
  name: string;
  /** The path of the property, for example `statements[0].resources[1]`. */
  property: string;
  /** The value that was given. Shown as JSON, cut at 80 characters. Leave it out when the value may be a secret. */
  received?: unknown;
  /** Words to show in the place of `received`, for example where the value may be a secret. */
  receivedText?: string;
  /** What would be accepted, as a phrase: `a whole number from 128 to 10240`. */
  allowed: string;
  /** What to change, as an imperative: `set memoryMegabytes to 512`. */
  fix: string;
}

const MAXIMUM_SHOWN = 80;

/** How a value is shown in an error: JSON, or words where there is no JSON for it. */
export function show(value: unknown): string {
  if (value === undefined) return "not set";
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (typeof value === "function") return "a function";
  let text: string;
  try {
    // JSON.stringify answers undefined for a symbol and throws on a bigint or a cycle.
    text = JSON.stringify(value) ?? String(value);
  } catch {
    text = String(value);
  }
  return text.length > MAXIMUM_SHOWN ? `${text.slice(0, MAXIMUM_SHOWN)}... (${text.length} characters)` : text;
}

/**
 * The error for a property with a value that is not allowed. It is returned, not thrown, so that the caller's `throw` is seen
 * by the type checker: `throw invalid({ ... })`.
 */
export function invalid(details: InvalidProperty): PalisadeError {
  const received = details.receivedText ?? show(details.received);
  return new PalisadeError(
    `${details.component} "${details.name}": ${details.property} is ${received}; ` +
      `allowed: ${details.allowed}; to fix it, ${details.fix}`,
  );
}
