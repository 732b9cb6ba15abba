import { readFileSync } from "node:fs";
import { parse } from "yaml";

/**
 * Reads the contract of the example API, `functions/openapi.yaml`.
 *
 * @returns the document as plain data, its `$ref`s unresolved, a new object on each call
 */
export function loadOpenApi(): Record<string, unknown> {
  return parse(readFileSync(new URL("../openapi.yaml", import.meta.url), "utf8")) as Record<string, unknown>;
}
