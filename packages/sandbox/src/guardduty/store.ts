/** What was deployed of GuardDuty, of which the emulator has nothing: kept in the sandbox's folder, since handlers keep nothing between calls. */

import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A detector. */
export interface StoredDetector {
  kind: "detector";
  id: string;
  enable: boolean;
}

/** One feature of a detector. */
export interface StoredFeature {
  kind: "feature";
  id: string;
  detectorId: string;
  name: string;
  status: string;
}

/** A threat list. */
export interface StoredThreatList {
  kind: "threat-list";
  id: string;
  detectorId: string;
  name: string;
  active: boolean;
  format: string;
  /** `s3://<bucket>/<key>`, or an https URL of S3's. */
  location: string;
}

/** One thing that was deployed. */
export type Stored = StoredDetector | StoredFeature | StoredThreatList;

function file(directory: string, { kind, id }: Pick<Stored, "kind" | "id">): string {
  return join(directory, "guardduty", `${kind}-${id.replace(/[^\w-]/g, "_")}.json`);
}

/** @param directory The sandbox's folder. */
export async function store(directory: string, stored: Stored): Promise<void> {
  await mkdir(join(directory, "guardduty"), { recursive: true });
  await writeFile(file(directory, stored), JSON.stringify(stored));
}

export async function unstore(directory: string, stored: Pick<Stored, "kind" | "id">): Promise<void> {
  await rm(file(directory, stored), { force: true });
}

/** All that is deployed. */
export async function readStored(directory: string): Promise<Stored[]> {
  const folder = join(directory, "guardduty");
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return Promise.all(
    names.sort().map(async (name) => JSON.parse(await readFile(join(folder, name), "utf8")) as Stored),
  );
}
