import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { TrailRecord } from "./record.ts";

const compress = promisify(gzip);

/** Where a log file or a digest file belongs. */
export interface FilePlace {
  /** The trail's own prefix in its bucket, if it has one. */
  prefix?: string;
  accountId: string;
  region: string;
  /** When it is delivered, in milliseconds since 1970. */
  time: number;
}

/**
 * The key of a log file, as CloudTrail names it:
 * `AWSLogs/<account>/CloudTrail/<region>/yyyy/mm/dd/<account>_CloudTrail_<region>_<time>_<unique>.json.gz`.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 */
export function logFileKey({ prefix, accountId, region, time }: FilePlace): string {
  const { day, compact } = spellings(time);
  const name = `${accountId}_CloudTrail_${region}_${compact.slice(0, 13)}Z_${unique()}.json.gz`;
  return `${prefixed(prefix)}AWSLogs/${accountId}/CloudTrail/${region}/${day}/${name}`;
}

/**
 * The key of a digest file. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 *
 * @param trail the trail's name
 */
export function digestFileKey(
  { prefix, accountId, region, time }: FilePlace,
  trail: string,
  homeRegion: string,
): string {
  const { day, compact } = spellings(time);
  const name = `${accountId}_CloudTrail-Digest_${region}_${trail}_${homeRegion}_${compact}Z.json.gz`;
  return `${prefixed(prefix)}AWSLogs/${accountId}/CloudTrail-Digest/${region}/${day}/${name}`;
}

/** The bytes of a log file. */
export function logFile(records: readonly TrailRecord[]): Promise<Buffer> {
  return compress(Buffer.from(JSON.stringify({ Records: records })));
}

/** `2026/11/24` and `20261124T101530`. */
function spellings(time: number): { day: string; compact: string } {
  const iso = new Date(time).toISOString();
  return { day: iso.slice(0, 10).replaceAll("-", "/"), compact: iso.slice(0, 19).replaceAll(/[-:]/g, "") };
}

function prefixed(prefix: string | undefined): string {
  return prefix === undefined || prefix === "" ? "" : `${prefix}/`;
}

/** CloudTrail's 16 letters and digits, which keep two files of one time apart. */
function unique(): string {
  return randomBytes(32)
    .toString("base64")
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .slice(0, 16);
}
