import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { LabResult } from "./json.ts";

/**
 * Writes the report of a run.
 *
 * @returns the paths of the files, the one to open first at the front
 */
export async function writeReport(directory: string, result: LabResult): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const data = join(directory, "result.json");
  await writeFile(data, `${JSON.stringify(result, null, 2)}\n`);
  return [data];
}
