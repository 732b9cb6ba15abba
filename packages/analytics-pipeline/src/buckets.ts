import { allowOnBucket, type GuardedBucket, guardedBucket, logAccess } from "@palisade/storage";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { PipelineContext } from "./context.ts";
import { FIXED } from "./defaults.ts";

/** Where things are kept, each in a bucket of its own: who may write one may not write the next. */
export interface Buckets {
  /** What the sources deliver, what could not be delivered, and what was quarantined. */
  raw: GuardedBucket;
  /** What the job makes. */
  clean: GuardedBucket;
  /** What queries answer. */
  results: GuardedBucket;
  /** The code of the job, and what it remembers. */
  job: GuardedBucket;
  /** What must be in place before something is written. */
  ready: pulumi.Resource[];
}

/** Makes the buckets, with the access logs of all in one more. */
export function createBuckets(context: PipelineContext): Buckets {
  const { name, args, settings, place, child, loweredTags } = context;
  const make = (role: string, expirationDays?: number) =>
    guardedBucket(
      name,
      role,
      {
        tags: loweredTags(...settings.lowered),
        // Logs of access are delivered with S3's own key only.
        kmsKeyArn: role === "access-logs" ? undefined : args.kmsKeyArn,
        noncurrentDays: FIXED.NONCURRENT_DAYS,
        expirationDays,
        forceDestroy: settings.deletable,
      },
      child,
    );
  const logs = make("access-logs", FIXED.ACCESS_LOG_DAYS);
  const raw = make("raw", settings.rawRetentionDays);
  const clean = make("clean", settings.cleanRetentionDays);
  const results = make("results", settings.resultRetentionDays);
  const job = make("job");
  const kept = { raw, clean, results, job };
  const policies = Object.values(kept).map((guarded) => allowOnBucket(guarded, []));
  logAccess(
    logs,
    Object.entries(kept).map(([role, guarded]) => ({ guarded, prefix: `${role}/` })),
    place.accountId,
  );
  if (settings.startOnEvents) {
    // EventBridge gets every new object's event, free of charge; a rule picks.
    new aws.s3.BucketNotification(
      `${raw.logicalName}-notification`,
      { bucket: raw.bucket.id, eventbridge: true },
      child,
    );
  }
  const guards = Object.values(kept).flatMap((guarded) => guarded.guards);
  return { ...kept, ready: [...policies, ...guards] };
}
