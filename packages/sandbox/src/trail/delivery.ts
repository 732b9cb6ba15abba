/**
 * Stands in for CloudTrail's delivery, which the emulator has not: what it recorded is written to the bucket of each trail that logs, in
 * CloudTrail's own file format, and to the trail's log group.
 */

import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  type Trail,
} from "@aws-sdk/client-cloudtrail";
import { CreateLogStreamCommand, type InputLogEvent, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetBucketPolicyCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { AwsClients } from "../clients.ts";
import type { Identity } from "../identity.ts";
import { createDigestKey, type DigestedFile, type DigestKey, type DigestLink, sha256, writeDigest } from "./digest.ts";
import { readEvents } from "./events.ts";
import { digestFileKey, logFile, logFileKey } from "./file.ts";
import { mayDeliver } from "./permission.ts";
import { type TrailRecord, toRecord } from "./record.ts";
import { type Selectors, selects } from "./selectors.ts";

/** What a delivery wrote for one trail. */
export interface DeliveredTrail {
  trailArn: string;
  bucket: string;
  /** Keys of the log files; none where nothing new was recorded. */
  keys: string[];
  /** Records in them. */
  records: number;
  /** When each event was recorded, by its id, in milliseconds since 1970: a record's own time is in whole seconds. */
  times: ReadonlyMap<string, number>;
  /** The key of the digest file, where the trail has log file validation. */
  digestKey?: string;
  /** Why nothing was written, where the bucket's policy does not let CloudTrail write. The records wait for the next delivery. */
  refused?: string;
}

/** Delivers what was recorded. */
export interface TrailDelivery {
  /** Writes what was recorded since the last delivery. Deliveries come one after the other. */
  deliver(): Promise<DeliveredTrail[]>;
  /** The key that digests are signed with, as CloudTrail's ListPublicKeys would give it: PKCS #1, DER. */
  publicKey(): Buffer;
  /** Stops the periodic delivery, and waits for one that is at work. */
  close(): Promise<void>;
}

export interface DeliveryParts {
  identity: Identity;
  clients: AwsClients;
  /** S3 as the delivery, whose name its requests carry: `DELIVERY_AGENT`. */
  s3: S3Client;
  /** Seconds between two deliveries; 0 for none but those that are asked for. CloudTrail takes about five minutes. */
  everySeconds: number;
}

/** Log events that one call of PutLogEvents takes. */
const LOG_BATCH = 1000;

/** Milliseconds by which a reading begins before the end of the last one: an event may be recorded while events are read. */
const OVERLAP_MS = 2000;

/** What is remembered of a trail. */
interface TrailState {
  /** Records that wait, since they could not be delivered. */
  waiting: TrailRecord[];
  /** When the trail began to log, in milliseconds since 1970. */
  startedAt: number;
  /** Log files that no digest names yet. */
  undigested: DigestedFile[];
  digest?: DigestLink;
  /** When the last digest ended, in milliseconds since 1970. */
  digestedUntil?: number;
  streams: Set<string>;
}

/** Starts the delivery for every trail of the emulated account. */
export function startDelivery({ identity, clients, s3, everySeconds }: DeliveryParts): TrailDelivery {
  const states = new Map<string, TrailState>();
  /** Ids of what was read, with their times, as long as they can be read again. */
  const seen = new Map<string, number>();
  let since = Date.now();
  let key: DigestKey | undefined;
  let working: Promise<unknown> = Promise.resolve();

  const deliver = async (): Promise<DeliveredTrail[]> => {
    const trails = await loggingTrails(clients, since);
    const now = Date.now();
    if (trails.length === 0) {
      since = now;
      return [];
    }
    const events = await readEvents(clients, since - OVERLAP_MS);
    const fresh = events.filter(({ id }) => !seen.has(id));
    for (const { id, time } of events) seen.set(id, time);
    for (const [id, time] of seen) if (time < now - 2 * OVERLAP_MS) seen.delete(id);
    since = now;
    const records = fresh.flatMap(({ text, time }) => {
      const record = toRecord(text, identity);
      return record === undefined ? [] : [{ record, time }];
    });
    const times = new Map(fresh.map(({ id, time }) => [id, time]));
    const delivered: DeliveredTrail[] = [];
    for (const { trail, startedAt, stoppedAt } of trails) {
      const arn = trail.TrailARN ?? "";
      const state = states.get(arn) ?? { waiting: [], startedAt, undigested: [], streams: new Set() };
      states.set(arn, state);
      const selectors = await selectorsOf(clients, arn);
      for (const { record, time } of records) {
        if (time >= startedAt && time < stoppedAt && selects(selectors, record)) state.waiting.push(record);
      }
      delivered.push({ ...(await deliverTo(trail, state, now)), times });
    }
    return delivered;
  };

  const deliverTo = async (trail: Trail, state: TrailState, now: number): Promise<Omit<DeliveredTrail, "times">> => {
    const { TrailARN: trailArn = "", S3BucketName: bucket = "", S3KeyPrefix: prefix } = trail;
    const place = { prefix, accountId: identity.accountId, region: identity.region, time: now };
    const result: Omit<DeliveredTrail, "times"> = { trailArn, bucket, keys: [], records: 0 };
    const objectKey = logFileKey(place);
    const policy = await policyOf(s3, bucket);
    const objectArn = `arn:${identity.partition}:s3:::${bucket}/${objectKey}`;
    if (!mayDeliver(policy, objectArn, { trailArn, accountId: identity.accountId })) {
      return { ...result, refused: `the policy of ${bucket} does not let ${trailArn} write ${objectArn}` };
    }
    const { waiting } = state;
    state.waiting = [];
    try {
      if (waiting.length > 0) {
        await put(trail, objectKey, await logFile(waiting));
        result.keys.push(objectKey);
        result.records = waiting.length;
        state.undigested.push(digested(bucket, objectKey, waiting));
      }
    } catch (error) {
      state.waiting = [...waiting, ...state.waiting];
      throw error;
    }
    if (waiting.length > 0) await writeLog(trail, state, waiting);
    if (trail.LogFileValidationEnabled) {
      result.digestKey = await deliverDigest(trail, state, now);
    }
    return result;
  };

  const deliverDigest = async (trail: Trail, state: TrailState, now: number): Promise<string> => {
    key ??= createDigestKey();
    const { S3BucketName: bucket = "", S3KeyPrefix: prefix, Name = "", HomeRegion = identity.region } = trail;
    const { accountId, region } = identity;
    // A digest is named after the second at which it ends: two within one second would be one.
    const end = Math.max(now, (state.digestedUntil ?? 0) + 1000);
    const digest = await writeDigest({
      accountId,
      bucket,
      key: digestFileKey({ prefix, accountId, region, time: end }, Name, HomeRegion),
      startTime: wholeSeconds(state.digestedUntil ?? state.startedAt),
      endTime: wholeSeconds(end),
      files: state.undigested,
      previous: state.digest,
      signingKey: key,
    });
    await put(trail, digest.key, digest.body, {
      signature: digest.signature,
      "signature-algorithm": "SHA256withRSA",
    });
    state.digest = digest.link;
    state.undigested = [];
    state.digestedUntil = end;
    return digest.key;
  };

  const put = async (trail: Trail, Key: string, Body: Buffer, Metadata?: Record<string, string>): Promise<void> => {
    await s3.send(
      new PutObjectCommand({
        Bucket: trail.S3BucketName,
        Key,
        Body,
        Metadata,
        ContentType: "application/json",
        ContentEncoding: "gzip",
        ...(trail.KmsKeyId !== undefined && { ServerSideEncryption: "aws:kms", SSEKMSKeyId: trail.KmsKeyId }),
      }),
    );
  };

  const writeLog = async (trail: Trail, state: TrailState, records: readonly TrailRecord[]): Promise<void> => {
    const logGroupName = trail.CloudWatchLogsLogGroupArn?.split(":")[6];
    if (logGroupName === undefined || logGroupName === "") return;
    const logStreamName = `${identity.accountId}_CloudTrail_${identity.region}`;
    if (!state.streams.has(logStreamName)) {
      await clients.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      state.streams.add(logStreamName);
    }
    for (let from = 0; from < records.length; from += LOG_BATCH) {
      const logEvents: InputLogEvent[] = records
        .slice(from, from + LOG_BATCH)
        .map((record) => ({ timestamp: Date.parse(record.eventTime), message: JSON.stringify(record) }));
      await clients.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
    }
  };

  const inTurn = (): Promise<DeliveredTrail[]> => {
    const next = working.then(deliver, deliver);
    working = next.catch(() => {});
    return next;
  };
  // Nobody waits for a periodic delivery: what fails in it is told by the one that is asked for, since the records still wait.
  const timer = everySeconds > 0 ? setInterval(() => void inTurn().catch(() => {}), everySeconds * 1000) : undefined;
  timer?.unref();
  return {
    deliver: inTurn,
    publicKey: () => {
      key ??= createDigestKey();
      return key.publicKey;
    },
    close: async () => {
      clearInterval(timer);
      await working;
    },
  };
}

/** The trails that log, or did until a moment ago, and from when to when, in milliseconds. */
async function loggingTrails(
  { cloudTrail }: AwsClients,
  since: number,
): Promise<{ trail: Trail; startedAt: number; stoppedAt: number }[]> {
  const { trailList = [] } = await cloudTrail.send(new DescribeTrailsCommand({}));
  const trails = await Promise.all(
    trailList.map(async (trail) => {
      const status = await cloudTrail.send(new GetTrailStatusCommand({ Name: trail.TrailARN }));
      const { IsLogging, StartLoggingTime, StopLoggingTime } = status;
      if (StartLoggingTime === undefined) return [];
      // The emulator's times are whole seconds; the call that stops a trail is the last that it records.
      const stoppedAt = IsLogging ? Number.POSITIVE_INFINITY : (StopLoggingTime?.getTime() ?? 0) + 1000;
      return stoppedAt > since ? [{ trail, startedAt: StartLoggingTime.getTime(), stoppedAt }] : [];
    }),
  );
  return trails.flat();
}

async function selectorsOf({ cloudTrail }: AwsClients, TrailName: string): Promise<Selectors> {
  const { AdvancedEventSelectors: advanced, EventSelectors: basic } = await cloudTrail.send(
    new GetEventSelectorsCommand({ TrailName }),
  );
  return { advanced, basic };
}

async function policyOf(s3: S3Client, Bucket: string): Promise<string | undefined> {
  try {
    return (await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy;
  } catch (error) {
    if (/NoSuchBucket/.test((error as Error).name)) return undefined;
    throw error;
  }
}

function digested(s3Bucket: string, s3Object: string, records: readonly TrailRecord[]): DigestedFile {
  const times = records.map(({ eventTime }) => eventTime).sort();
  return {
    s3Bucket,
    s3Object,
    hashValue: sha256(JSON.stringify({ Records: records })),
    hashAlgorithm: "SHA-256",
    newestEventTime: times.at(-1) ?? "",
    oldestEventTime: times.at(0) ?? "",
  };
}

function wholeSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
