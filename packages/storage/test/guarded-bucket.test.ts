import { recordStack } from "@palisade/testing";
import { describe, expect, it } from "vitest";
import { allowOnBucket, type GuardedBucketArgs, guardedBucket } from "../src/index.ts";
import { Owner } from "./support.ts";

const KEY = "arn:aws:kms:eu-central-1:111122223333:key/1";
const tags = { team: "orders" };

const record = (args: Partial<GuardedBucketArgs> = {}) =>
  recordStack(
    () =>
      new Owner("signing", (parent) => {
        const guarded = guardedBucket("signing", "code", { tags, noncurrentDays: 90, ...args }, { parent });
        allowOnBucket(guarded, [
          { Sid: "Read", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "all" },
        ]);
      }),
  );
const ENCRYPTION = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
const LIFECYCLE = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
const PUBLIC_ACCESS = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";

describe("a guarded bucket", () => {
  it("is private, without access lists, versioned, encrypted, with a lifecycle", async () => {
    const recording = await record();
    const bucket = recording.one("aws:s3/bucket:Bucket", "signing-code");

    expect(bucket.inputs).toEqual({ forceDestroy: false, tags });
    expect(recording.one(PUBLIC_ACCESS, "signing-code-public-access").inputs).toEqual({
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(
      recording.one("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "signing-code-ownership").inputs,
    ).toEqual({ bucket: bucket.id, rule: { objectOwnership: "BucketOwnerEnforced" } });
    expect(recording.one("aws:s3/bucketVersioning:BucketVersioning", "signing-code-versioning").inputs).toEqual({
      bucket: bucket.id,
      versioningConfiguration: { status: "Enabled" },
    });
    expect(recording.one(ENCRYPTION, "signing-code-encryption").inputs).toEqual({
      bucket: bucket.id,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    expect(recording.one(LIFECYCLE, "signing-code-lifecycle").inputs).toEqual({
      bucket: bucket.id,
      rules: [
        {
          id: "keep",
          status: "Enabled",
          filter: { prefix: "" },
          noncurrentVersionExpiration: { noncurrentDays: 90 },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
      ],
    });
  });

  it("answers nobody over plain HTTP, beside what is allowed", async () => {
    const recording = await record();
    const { id, outputs } = recording.one("aws:s3/bucket:Bucket");
    const { inputs } = recording.one("aws:s3/bucketPolicy:BucketPolicy", "signing-code-policy");

    expect(inputs.bucket).toBe(id);
    expect(JSON.parse(String(inputs.policy))).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Read", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "all" },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [outputs.arn, `${outputs.arn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("is made in the only order that S3 takes", async () => {
    const recording = await record({ lock: { mode: "GOVERNANCE", days: 30 } });
    const versioning = recording.one("aws:s3/bucketVersioning:BucketVersioning");

    expect(recording.one("aws:s3/bucketPolicy:BucketPolicy").options.dependsOn).toContain(
      recording.one(PUBLIC_ACCESS).urn,
    );
    expect(recording.one(LIFECYCLE).options.dependsOn).toContain(versioning.urn);
    expect(
      recording.one("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration").options.dependsOn,
    ).toContain(versioning.urn);
  });

  it("takes a key, days, and that it may be emptied", async () => {
    const recording = await record({
      kmsKeyArn: KEY,
      expirationDays: 365,
      coldAfterDays: 90,
      noncurrentDays: 30,
      forceDestroy: true,
    });

    expect(recording.one("aws:s3/bucket:Bucket").inputs).toEqual({ forceDestroy: true, tags });
    expect(recording.one(ENCRYPTION).inputs.rules).toEqual([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
        bucketKeyEnabled: true,
      },
    ]);
    expect(recording.one(LIFECYCLE).inputs.rules).toEqual([
      {
        id: "keep",
        status: "Enabled",
        filter: { prefix: "" },
        expiration: { days: 365 },
        transitions: [{ days: 90, storageClass: "GLACIER_IR" }],
        noncurrentVersionExpiration: { noncurrentDays: 30 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ]);
  });

  it("locks its versions from the beginning", async () => {
    const recording = await record({ lock: { mode: "GOVERNANCE", days: 30 } });

    const bucket = recording.one("aws:s3/bucket:Bucket");
    expect(bucket.inputs).toEqual({ forceDestroy: false, objectLockEnabled: true, tags });
    expect(
      recording.one("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration", "signing-code-lock").inputs,
    ).toEqual({ bucket: bucket.id, rule: { defaultRetention: { mode: "GOVERNANCE", days: 30 } } });
  });

  it("stays after its stack with all that guards it", async () => {
    const ofS3 = ({ resources }: Awaited<ReturnType<typeof record>>) =>
      resources.filter(({ type }) => type.startsWith("aws:s3/"));

    expect(ofS3(await record({ outlivesStack: true })).map(({ options }) => options.retainOnDelete)).toEqual(
      Array(7).fill(true),
    );
    const protectedOnes = ofS3(await record({ outlivesStack: true })).filter(({ options }) => options.protect);
    expect(protectedOnes.map(({ name }) => name)).toEqual(["signing-code"]);
    expect(ofS3(await record()).some(({ options }) => options.retainOnDelete || options.protect)).toBe(false);
  });

  it("knows the parts' former names", async () => {
    const recording = await record({ formerly: { versioning: "signing-versions" } });

    expect(recording.one("aws:s3/bucketVersioning:BucketVersioning").options.aliases).toContain("signing-versions");
    expect(recording.one("aws:s3/bucketPolicy:BucketPolicy").options.aliases).not.toContain("signing-versions");
  });

  it("refuses a role that is no name", async () => {
    await expect(
      recordStack(
        () => new Owner("x", (parent) => guardedBucket("x", "A role", { tags, noncurrentDays: 1 }, { parent })),
      ),
    ).rejects.toThrow('role is "A role"; allowed: kebab-case');
  });
});
