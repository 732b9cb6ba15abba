import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Suppression } from "@palisade/policy-pack";
import { parse } from "yaml";
import { SandboxError } from "./errors.ts";

/** The suppressions of this repository's stages. */
export const SUPPRESSIONS_FILE = fileURLToPath(new URL("../../../stacks/suppressions.yaml", import.meta.url));

const REQUIRED = ["stage", "rule", "resource", "reason", "expires"];
const ALLOWED = [...REQUIRED, "key"];

/**
 * Reads the suppressions of one stage. A file that does not exist holds none; what each entry must be is checked by the pack.
 *
 * @throws SandboxError for a file or an entry of another form.
 */
export async function readSuppressions(stage: string, file = SUPPRESSIONS_FILE): Promise<Suppression[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  // YAML reads `2027-01-31` as text in its core schema, which is this package's default.
  const entries: unknown = parse(text)?.suppressions ?? [];
  if (!Array.isArray(entries)) throw fault(file, "suppressions", JSON.stringify(entries), "a list");
  return entries.flatMap((entry: Record<string, unknown>, position) => {
    const at = `suppressions[${position}]`;
    const keys = Object.keys(entry ?? {});
    const strange = keys.filter((key) => !ALLOWED.includes(key));
    const missing = REQUIRED.filter((key) => typeof entry?.[key] !== "string");
    if (strange.length > 0 || missing.length > 0) {
      const received = missing.length > 0 ? `no text for ${missing.join(", ")}` : strange.join(", ");
      throw fault(file, at, received, `texts for ${REQUIRED.join(", ")}, and key where the finding has one`);
    }
    const { stage: of, ...suppression } = entry;
    return of === stage ? [suppression as unknown as Suppression] : [];
  });
}

function fault(file: string, at: string, received: string, allowed: string): SandboxError {
  return new SandboxError(
    `${file}: ${at}: received ${received}; allowed: ${allowed}.`,
    "Each accepts one finding of one stage; stacks/README.md has an example.",
  );
}

/**
 * The same suppressions as the configuration of the pack under Pulumi's CLI: `pulumi preview --policy-pack-config FILE`.
 *
 * @returns Rule to its configuration.
 */
export function packConfig(
  suppressions: readonly Suppression[],
): Record<string, { suppressions: Omit<Suppression, "rule">[] }> {
  const config: Record<string, { suppressions: Omit<Suppression, "rule">[] }> = {};
  for (const { rule, ...suppression } of suppressions) {
    config[rule] = { suppressions: [...(config[rule]?.suppressions ?? []), suppression] };
  }
  return config;
}
