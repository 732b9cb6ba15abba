import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { SandboxError } from "./errors.ts";

/** The folder of the stages and their `Pulumi.<stage>.yaml`. */
const STACKS = fileURLToPath(new URL("../../../stacks", import.meta.url));

/** The stages of this repository (`stacks/index.ts`). */
export const STAGES = ["weak", "dev", "prod", "account"] as const;

/**
 * Reads a stage's configuration from its `Pulumi.<stage>.yaml`, by full key, every value as text, as Pulumi hands it to the
 * program. A stage without the file has none.
 *
 * @param folder Folder of the file. Default: `stacks`.
 * @throws SandboxError for an encrypted value, which only Pulumi's CLI can open.
 */
export async function readStackConfig(stage: string, folder = STACKS): Promise<Record<string, string>> {
  const text = await readFile(`${folder}/Pulumi.${stage}.yaml`, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  const config = (parse(text)?.config ?? {}) as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (value !== null && typeof value === "object" && "secure" in value) {
        throw new SandboxError(
          `${key} of Pulumi.${stage}.yaml is encrypted, and the sandbox has no key to open it.`,
          "Give the value to the sandbox with the option `config`, or leave it out of the file.",
        );
      }
      return [key, typeof value === "string" ? value : JSON.stringify(value)];
    }),
  );
}
