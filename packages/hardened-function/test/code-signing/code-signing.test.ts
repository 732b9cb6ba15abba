import { expectNamesPrefixed, expectPartitionSafe, recordStack, resolved } from "@palisade/testing";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { CodeSigning, type CodeSigningArgs, HardenedFunction } from "../../src/index.ts";
import { code, record } from "../support.ts";

const record_ = (args?: CodeSigningArgs) => recordStack(() => new CodeSigning("signing", args));
const KEY = "arn:aws:kms:eu-central-1:111122223333:key/1";
const tags = { "palisade:component": "CodeSigning", "palisade:name": "signing" };

describe("CodeSigning", () => {
  it("trusts one profile of Signer for Lambda, and refuses everybody else's code", async () => {
    const recording = await record_();
    const profile = recording.one("aws:signer/signingProfile:SigningProfile");

    expect(profile.inputs).toEqual({
      namePrefix: "project_stack_signing_",
      platformId: "AWSLambda-SHA384-ECDSA",
      signatureValidityPeriod: { type: "MONTHS", value: 135 },
      tags,
    });
    expect(recording.one("aws:lambda/codeSigningConfig:CodeSigningConfig").inputs).toEqual({
      allowedPublishers: { signingProfileVersionArns: [profile.outputs.versionArn] },
      description: "Code that this profile did not sign is refused",
      policies: { untrustedArtifactOnDeployment: "Enforce" },
      tags,
    });
    expectNamesPrefixed(recording, recording.one("palisade:index:CodeSigning"));
  });

  it("writes no partition or region down", async () => {
    const place = { partition: "aws-cn", region: "cn-north-1" };

    expectPartitionSafe(await recordStack(() => new CodeSigning("signing"), { place }));
  });

  it("signs in a bucket that is private, versioned, encrypted and reached over TLS", async () => {
    const recording = await record_();
    const { id, outputs } = recording.one("aws:s3/bucket:Bucket", "signing-bucket");

    expect(recording.one("aws:s3/bucket:Bucket", "signing-bucket").inputs).toEqual({ forceDestroy: false, tags });
    expect(
      recording.one("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", "signing-bucket-public-access").inputs,
    ).toEqual({
      bucket: id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(
      recording.one("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "signing-bucket-ownership").inputs,
    ).toEqual({
      bucket: id,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    expect(recording.one("aws:s3/bucketVersioning:BucketVersioning", "signing-bucket-versioning").inputs).toEqual({
      bucket: id,
      versioningConfiguration: { status: "Enabled" },
    });
    expect(encryption(recording)).toEqual([{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]);
    expect(
      recording.one("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", "signing-bucket-lifecycle")
        .inputs.rules,
    ).toEqual([
      {
        id: "keep",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrentVersionExpiration: { noncurrentDays: 90 },
        abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
      },
    ]);
    expect(
      JSON.parse(String(recording.one("aws:s3/bucketPolicy:BucketPolicy", "signing-bucket-policy").inputs.policy))
        .Statement,
    ).toEqual([
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [outputs.arn, `${outputs.arn}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("logs the requests to it in another bucket, which S3 writes to and which has no key of the customer's", async () => {
    const recording = await record_({ kmsKeyArn: KEY });
    const { id, outputs } = recording.one("aws:s3/bucket:Bucket", "signing-access-log-bucket");
    const policy = recording.one("aws:s3/bucketPolicy:BucketPolicy", "signing-access-log-bucket-policy");

    const logging = recording.one("aws:s3/bucketLogging:BucketLogging");
    expect(logging.inputs).toEqual({
      bucket: recording.one("aws:s3/bucket:Bucket", "signing-bucket").id,
      targetBucket: id,
      targetPrefix: "code/",
    });
    expect(logging.options.dependsOn).toContain(policy.urn);
    expect(JSON.parse(String(policy.inputs.policy)).Statement[0]).toEqual({
      Sid: "AccessLogscode",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${outputs.arn}/code/*`,
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": recording.one("aws:s3/bucket:Bucket", "signing-bucket").outputs.arn },
      },
    });
    expect(encryption(recording, "signing-access-log-bucket-encryption")).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
    const lifecycle = "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration";
    expect(recording.one(lifecycle, "signing-access-log-bucket-lifecycle").inputs.rules).toMatchObject([
      { expiration: { days: 365 } },
    ]);
  });

  it("takes the key, the times and the reason that are given", async () => {
    const recording = await record_({
      kmsKeyArn: pulumi.output(KEY),
      signatureMonths: 12,
      keepReplacedDays: 30,
      allowDeletion: "made anew at will",
    });

    expect(encryption(recording)).toEqual([
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
        bucketKeyEnabled: true,
      },
    ]);
    expect(recording.one("aws:signer/signingProfile:SigningProfile").inputs.signatureValidityPeriod).toEqual({
      type: "MONTHS",
      value: 12,
    });
    expect(recording.one("aws:s3/bucket:Bucket", "signing-bucket").inputs).toEqual({
      forceDestroy: true,
      tags: { ...tags, "palisade:lowered:deletion-protection": "made anew at will" },
    });
    expect(recording.one("aws:signer/signingProfile:SigningProfile").inputs.tags).toEqual(tags);
  });

  it.each([
    [{ signatureMonths: 0 }, 'CodeSigning "signing": signatureMonths is 0; allowed: a whole number from 1 to 135; '],
    [{ keepReplacedDays: 0 }, 'CodeSigning "signing": keepReplacedDays is 0; allowed: a whole number from 1 to 3650; '],
    [{ allowDeletion: "no" }, 'CodeSigning "signing": deletion-protection is "no"; allowed: a written reason of '],
  ])("refuses %j", async (args, message) => {
    await expect(record_(args)).rejects.toThrow(message);
  });
});

function encryption(recording: Awaited<ReturnType<typeof record_>>, name = "signing-bucket-encryption"): unknown {
  const type = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
  return recording.one(type, name).inputs.rules;
}

describe("a function whose code is signed", () => {
  const place = { bucket: "signed-bucket", key: "signed/platform/orders/job.zip" };
  const outputs = { "aws:signer/signingJob:SigningJob": () => ({ signedObjects: [{ s3s: [place] }] }) };
  const signing = {
    codeSigningConfigArn: "arn:aws:lambda:eu-central-1:111122223333:code-signing-config:csc-1",
    signingProfileName: "profile_1",
    codeBucketName: "signed-bucket",
  };

  it("is uploaded, signed and deployed from the signed object", async () => {
    const recording = await record({ codeSigning: signing }, { outputs });
    const unsigned = recording.one("aws:s3/bucketObjectv2:BucketObjectv2");

    expect(unsigned.inputs).toEqual({
      bucket: "signed-bucket",
      key: "unsigned/platform/orders.zip",
      source: expect.objectContaining({ __pulumiArchive: true }),
    });
    expect(recording.one("aws:signer/signingJob:SigningJob").inputs).toEqual({
      profileName: "profile_1",
      source: {
        s3: { bucket: "signed-bucket", key: "unsigned/platform/orders.zip", version: unsigned.outputs.versionId },
      },
      destination: { s3: { bucket: "signed-bucket", prefix: "signed/platform/orders/" } },
      ignoreSigningJobFailure: false,
    });
    const { inputs } = recording.one("aws:lambda/function:Function");
    expect(inputs).toMatchObject({
      codeSigningConfigArn: signing.codeSigningConfigArn,
      s3Bucket: "signed-bucket",
      s3Key: place.key,
    });
    expect(inputs).not.toHaveProperty("code");
  });

  it("is below the team's own prefix", async () => {
    const permissionsBoundaryArn = "arn:aws:iam::111122223333:policy/functions";
    const recording = await record({ codeSigning: signing, team: "orders", permissionsBoundaryArn }, { outputs });

    expect(recording.one("aws:s3/bucketObjectv2:BucketObjectv2").inputs.key).toBe("unsigned/orders/orders.zip");
    expect(recording.one("aws:signer/signingJob:SigningJob").inputs.destination).toEqual({
      s3: { bucket: "signed-bucket", prefix: "signed/orders/orders/" },
    });
  });

  it("is not deployed when the job names no object", async () => {
    const none = { "aws:signer/signingJob:SigningJob": () => ({ signedObjects: [] }) };

    await expect(record({ codeSigning: signing }, { outputs: none })).rejects.toThrow(
      "the signing job of orders names no signed object",
    );
  });

  it("takes a CodeSigning as it is", async () => {
    const recording = await recordStack(
      () => {
        const codeSigning = new CodeSigning("signing");
        return new HardenedFunction("orders", { code, codeSigning });
      },
      { outputs },
    );

    expect(recording.one("aws:lambda/function:Function").inputs.codeSigningConfigArn).toBe(
      recording.one("aws:lambda/codeSigningConfig:CodeSigningConfig").outputs.arn,
    );
    expect(await resolved(recording.result.functionName)).toBeDefined();
  });

  it("has one configuration", async () => {
    const codeSigningConfigArn = signing.codeSigningConfigArn;

    await expect(record({ codeSigning: signing, codeSigningConfigArn })).rejects.toThrow(
      'HardenedFunction "orders": codeSigningConfigArn is given together with codeSigning, which has one; ' +
        "allowed: one of the two; to fix it, leave codeSigningConfigArn out",
    );
  });
});
