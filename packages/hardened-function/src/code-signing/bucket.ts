import { resourceTags } from "@palisade/core";
import { allowOnBucket, type BucketPart, guardedBucket, logAccess } from "@palisade/storage";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { CodeSigningArgs } from "./args.ts";

/** The bucket, and its name once what protects it is there. */
export interface CodeBucket {
  bucket: aws.s3.Bucket;
  ready: pulumi.Output<string>;
}

/** As long as an access log of an API is kept: Security Hub CloudWatch.16. */
const ACCESS_LOG_DAYS = 365;

/** The bucket that code is signed in, whose every request is logged in another. */
export function codeBucket(
  name: string,
  args: CodeSigningArgs,
  keepReplacedDays: number,
  child: { parent: pulumi.Resource },
): CodeBucket {
  const deletable = args.allowDeletion !== undefined;
  const lowered = deletable ? [{ floor: "deletion-protection", reason: args.allowDeletion as string }] : [];
  const kept = {
    forceDestroy: deletable,
    tags: resourceTags({ component: "CodeSigning", name, teamTags: args.teamTags, lowered }),
    noncurrentDays: keepReplacedDays,
  };
  const code = guardedBucket(
    name,
    "bucket",
    { ...kept, kmsKeyArn: args.kmsKeyArn, formerly: formerly(`${name}-`) },
    child,
  );
  const logs = guardedBucket(
    name,
    "access-log-bucket",
    { ...kept, expirationDays: ACCESS_LOG_DAYS, formerly: formerly(`${name}-access-log-`) },
    child,
  );
  allowOnBucket(code, []);
  const { accountId } = aws.getCallerIdentityOutput({}, child);
  logAccess(logs, [{ guarded: code, prefix: "code/" }], accountId);
  // Signer reads a version: none is there before versioning is.
  return { bucket: code.bucket, ready: pulumi.all([code.bucket.id, code.versioning.id]).apply(([id]) => id) };
}

function formerly(prefix: string): Partial<Record<BucketPart, string>> {
  const parts: BucketPart[] = ["public-access", "ownership", "versioning", "encryption", "lifecycle", "policy"];
  return {
    ...Object.fromEntries(parts.map((part) => [part, `${prefix}${part}`])),
    logging: `${prefix}access-logging`,
  };
}
