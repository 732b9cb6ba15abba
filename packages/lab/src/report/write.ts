import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { renderReport } from "./html/index.ts";
import type { LabResult } from "./json.ts";

/**
 * Writes the report of a run: a page to read, and the data that it was made from.
 *
 * @returns the paths of the files, the page first
 */
export async function writeReport(directory: string, result: LabResult): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  const page = join(directory, "index.html");
  const data = join(directory, "result.json");
  await writeFile(page, renderReport(result));
  await writeFile(data, `${JSON.stringify(result, null, 2)}\n`);
  return [page, data];
}
