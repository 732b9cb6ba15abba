import { readFile } from "node:fs/promises";
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeletePublicAccessBlockCommand,
  type LifecycleRule,
  ListObjectVersionsCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import * as pulumi from "@pulumi/pulumi";
import {
  type HandlerContext,
  handler,
  type Properties,
  type ResourceHandler,
  type ServiceHandlers,
} from "./handler.ts";
import { ignoreMissing, pascalCase, policyJson, tagList } from "./values.ts";
import { zipBytes } from "./zip.ts";

interface BucketInputs {
  bucket?: string;
  forceDestroy?: boolean;
  tags?: Record<string, string>;
}

async function tagBucket(name: string, tags: Record<string, string> | undefined, { clients }: HandlerContext) {
  if (!tags || Object.keys(tags).length === 0) return;
  await clients.s3.send(new PutBucketTaggingCommand({ Bucket: name, Tagging: { TagSet: tagList(tags) } }));
}

/** Deletes every version of every object, as the provider does with `forceDestroy`. */
async function empty(Bucket: string, { clients }: HandlerContext): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await clients.s3.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    await clients.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
}

const bucket = handler<BucketInputs>({
  replaceOnChanges: ["bucket", "bucketPrefix", "objectLockEnabled"],
  async create(inputs, ctx) {
    const name = (inputs.bucket ?? ctx.physicalName(63)).toLowerCase();
    const elsewhere = ctx.region === "us-east-1" ? undefined : (ctx.region as BucketLocationConstraint);
    await ctx.clients.s3.send(
      new CreateBucketCommand({
        Bucket: name,
        CreateBucketConfiguration: elsewhere && { LocationConstraint: elsewhere },
      }),
    );
    await tagBucket(name, inputs.tags, ctx);
    return {
      id: name,
      outputs: {
        bucket: name,
        arn: `arn:${ctx.partition}:s3:::${name}`,
        bucketDomainName: `${name}.s3.amazonaws.com`,
        bucketRegionalDomainName: `${name}.s3.${ctx.region}.amazonaws.com`,
      },
    };
  },
  async update(id, olds, news, ctx) {
    await tagBucket(id, news.tags, ctx);
    const { arn, bucketDomainName, bucketRegionalDomainName } = olds;
    return { id, outputs: { bucket: id, arn, bucketDomainName, bucketRegionalDomainName } };
  },
  async delete(id, olds, ctx) {
    if (olds.forceDestroy) await ignoreMissing(empty(id, ctx));
    await ignoreMissing(ctx.clients.s3.send(new DeleteBucketCommand({ Bucket: id })));
  },
});

/** A part of a bucket's configuration: put when it is created or changed, and deleted with it. */
function part<I extends { bucket: string }>(
  put: (inputs: I, ctx: HandlerContext) => Promise<unknown>,
  remove?: (bucketName: string, ctx: HandlerContext) => Promise<unknown>,
): ResourceHandler {
  return handler<I>({
    replaceOnChanges: ["bucket"],
    async create(inputs, ctx) {
      await put(inputs, ctx);
      return { id: inputs.bucket, outputs: {} };
    },
    async update(id, _olds, news, ctx) {
      await put(news, ctx);
      return { id, outputs: {} };
    },
    async delete(id, _olds, ctx) {
      if (remove) await ignoreMissing(remove(id, ctx));
    },
  });
}

interface ObjectInputs {
  bucket: string;
  key: string;
  source?: unknown;
  content?: string;
  contentType?: string;
  cacheControl?: string;
}

async function bytesOf({ source, content }: ObjectInputs): Promise<Uint8Array | string> {
  if (source instanceof pulumi.asset.FileAsset) return readFile(await source.path);
  if (source instanceof pulumi.asset.StringAsset) return await source.text;
  return source === undefined ? (content ?? "") : zipBytes(source);
}

async function putObject(inputs: ObjectInputs, { clients }: HandlerContext): Promise<Properties> {
  const { ETag, VersionId } = await clients.s3.send(
    new PutObjectCommand({
      Bucket: inputs.bucket,
      Key: inputs.key,
      Body: await bytesOf(inputs),
      ContentType: inputs.contentType,
      CacheControl: inputs.cacheControl,
    }),
  );
  return { etag: ETag?.replaceAll('"', ""), versionId: VersionId ?? "" };
}

const object = handler<ObjectInputs>({
  replaceOnChanges: ["bucket", "key"],
  async create(inputs, ctx) {
    return { id: `${inputs.bucket}/${inputs.key}`, outputs: await putObject(inputs, ctx) };
  },
  async update(id, _olds, news, ctx) {
    return { id, outputs: await putObject(news, ctx) };
  },
  async delete(_id, olds, { clients }) {
    const place = { Bucket: olds.bucket as string, Key: olds.key as string };
    await ignoreMissing(clients.s3.send(new DeleteObjectCommand(place)));
  },
});

interface EncryptionRule {
  applyServerSideEncryptionByDefault?: { sseAlgorithm: string; kmsMasterKeyId?: string };
  bucketKeyEnabled?: boolean;
}

function encryptionRules(rules: EncryptionRule[]): ServerSideEncryptionRule[] {
  return rules.map(({ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled }) => ({
    ApplyServerSideEncryptionByDefault: byDefault && {
      SSEAlgorithm: byDefault.sseAlgorithm as "AES256" | "aws:kms",
      KMSMasterKeyID: byDefault.kmsMasterKeyId,
    },
    BucketKeyEnabled: bucketKeyEnabled,
  }));
}

interface Lifecycle {
  id: string;
  status: string;
  filter?: { prefix?: string };
  expiration?: { days?: number };
  noncurrentVersionExpiration?: { noncurrentDays?: number };
  abortIncompleteMultipartUpload?: { daysAfterInitiation?: number };
}

function lifecycleRule({ id, filter, ...rest }: Lifecycle): LifecycleRule {
  return {
    ...(pascalCase(rest) as Omit<LifecycleRule, "ID" | "Filter">),
    ID: id,
    Filter: { Prefix: filter?.prefix ?? "" },
  } as LifecycleRule;
}

/** S3: buckets, what guards them, and objects. Lifecycle rules and access logging are stored: nothing expires in a
 * sandbox's hour, and the emulator writes no access log. */
export const s3: ServiceHandlers = {
  types: {
    "aws:s3/bucket:Bucket": bucket,
    "aws:s3/bucketObjectv2:BucketObjectv2": object,
    "aws:s3/bucketVersioning:BucketVersioning": part<{
      bucket: string;
      versioningConfiguration: { status: "Enabled" | "Suspended" };
    }>(({ bucket: Bucket, versioningConfiguration }, { clients }) =>
      clients.s3.send(
        new PutBucketVersioningCommand({
          Bucket,
          VersioningConfiguration: { Status: versioningConfiguration.status },
        }),
      ),
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": part<{ bucket: string }>(
      ({ bucket: Bucket, ...rest }, { clients }) =>
        clients.s3.send(
          new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: pascalCase({ ...rest }) }),
        ),
      (Bucket, { clients }) => clients.s3.send(new DeletePublicAccessBlockCommand({ Bucket })),
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": part<{
      bucket: string;
      rule: { objectOwnership: "BucketOwnerEnforced" };
    }>(
      ({ bucket: Bucket, rule }, { clients }) =>
        clients.s3.send(
          new PutBucketOwnershipControlsCommand({
            Bucket,
            OwnershipControls: { Rules: [{ ObjectOwnership: rule.objectOwnership }] },
          }),
        ),
      (Bucket, { clients }) => clients.s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket })),
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": part<{
      bucket: string;
      rules: EncryptionRule[];
    }>(
      ({ bucket: Bucket, rules }, { clients }) =>
        clients.s3.send(
          new PutBucketEncryptionCommand({
            Bucket,
            ServerSideEncryptionConfiguration: { Rules: encryptionRules(rules) },
          }),
        ),
      (Bucket, { clients }) => clients.s3.send(new DeleteBucketEncryptionCommand({ Bucket })),
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": part<{ bucket: string; rules: Lifecycle[] }>(
      ({ bucket: Bucket, rules }, { clients }) =>
        clients.s3.send(
          new PutBucketLifecycleConfigurationCommand({
            Bucket,
            LifecycleConfiguration: { Rules: rules.map(lifecycleRule) },
          }),
        ),
      (Bucket, { clients }) => clients.s3.send(new DeleteBucketLifecycleCommand({ Bucket })),
    ),
    "aws:s3/bucketLogging:BucketLogging": part<{ bucket: string; targetBucket: string; targetPrefix: string }>(
      ({ bucket: Bucket, targetBucket, targetPrefix }, { clients }) =>
        clients.s3.send(
          new PutBucketLoggingCommand({
            Bucket,
            BucketLoggingStatus: { LoggingEnabled: { TargetBucket: targetBucket, TargetPrefix: targetPrefix } },
          }),
        ),
      (Bucket, { clients }) => clients.s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
    ),
    "aws:s3/bucketPolicy:BucketPolicy": part<{ bucket: string; policy: unknown }>(
      ({ bucket: Bucket, policy }, { clients }) =>
        clients.s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policyJson(policy) })),
      (Bucket, { clients }) => clients.s3.send(new DeleteBucketPolicyCommand({ Bucket })),
    ),
  },
};
