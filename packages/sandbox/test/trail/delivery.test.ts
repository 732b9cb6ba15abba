import { createHash, createPublicKey, createVerify } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { StartLoggingCommand, StopLoggingCommand } from "@aws-sdk/client-cloudtrail";
import { CreateUserCommand } from "@aws-sdk/client-iam";
import {
  DeleteBucketPolicyCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand } from "@aws-sdk/client-secrets-manager";
import { AuditTrail } from "@palisade/threat-detection";
import * as aws from "@pulumi/aws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProvisionedStage, readRecords, type Sandbox, startSandbox, type TrailRecord } from "../../src/index.ts";

function program() {
  const trail = new AuditTrail("audit");
  const other = new aws.s3.Bucket("other");
  return { arn: trail.trailArn, bucket: trail.bucketName, group: trail.logGroupName, other: other.bucket };
}

let sandbox: Sandbox;
let stage: ProvisionedStage<ReturnType<typeof program>>;
beforeAll(async () => {
  sandbox = await startSandbox({ region: "eu-west-1", trailSeconds: 0 });
  stage = await sandbox.provision({ stage: "account", program: async () => program() });
}, 180_000);
afterAll(() => sandbox.close());

async function read(key: string) {
  const { Body, Metadata = {} } = await sandbox.clients.s3.send(
    new GetObjectCommand({ Bucket: stage.outputs.bucket, Key: key }),
  );
  const text = gunzipSync(Buffer.from((await Body?.transformToByteArray()) ?? [])).toString();
  return { text, metadata: Metadata };
}

async function deliver() {
  const [delivered, ...others] = await sandbox.deliverTrails();
  expect(others).toEqual([]);
  if (delivered === undefined) throw new Error("no trail logs");
  return delivered;
}

async function delivered(): Promise<TrailRecord[]> {
  const { keys } = await deliver();
  const files = await Promise.all(keys.map(read));
  return files.flatMap(({ text }) => (JSON.parse(text) as { Records: TrailRecord[] }).Records);
}

test("calls are in a log file of CloudTrail's name and form", async () => {
  await deliver();
  await sandbox.clients.iam.send(new CreateUserCommand({ UserName: "ann" }));
  const { keys, records, bucket, trailArn } = await deliver();
  expect({ bucket, trailArn }).toEqual({ bucket: stage.outputs.bucket, trailArn: stage.outputs.arn });
  expect(keys).toEqual([
    expect.stringMatching(
      /^AWSLogs\/123456789012\/CloudTrail\/eu-west-1\/\d{4}\/\d\d\/\d\d\/123456789012_CloudTrail_eu-west-1_\d{8}T\d{4}Z_[A-Za-z0-9]{16}\.json\.gz$/,
    ),
  ]);
  const file = JSON.parse((await read(keys[0] as string)).text) as { Records: TrailRecord[] };
  expect(file.Records).toHaveLength(records);
  expect(file.Records.find(({ eventName }) => eventName === "CreateUser")).toMatchObject({
    eventVersion: "1.11",
    eventSource: "iam.amazonaws.com",
    awsRegion: "eu-west-1",
    userIdentity: { type: "Root", arn: "arn:aws:iam::123456789012:root", accountId: "123456789012" },
    requestParameters: { userName: "ann" },
    readOnly: false,
    eventType: "AwsApiCall",
    eventCategory: "Management",
    managementEvent: true,
    recipientAccountId: "123456789012",
  });
});

test("each call is delivered once, and what a caller keeps secret is not", async () => {
  await deliver();
  const calls = 120;
  for (let index = 0; index < calls; index++) {
    await sandbox.clients.secretsManager.send(new CreateSecretCommand({ Name: `s-${index}`, SecretString: "hunter2" }));
  }
  const records = await delivered();
  const secrets = records.filter(({ eventName }) => eventName === "CreateSecret");
  expect(secrets.map(({ requestParameters }) => requestParameters?.name)).toEqual(
    Array.from({ length: calls }, (_, index) => `s-${index}`),
  );
  expect(secrets[0]?.requestParameters?.secretString).toBe("HIDDEN_DUE_TO_SECURITY_REASONS");
  expect(JSON.stringify(records)).not.toContain("hunter2");
  expect((await delivered()).filter(({ eventName }) => eventName === "CreateSecret")).toEqual([]);
});

test("a call that the service refuses has the service's error code", async () => {
  await deliver();
  await expect(sandbox.clients.iam.send(new CreateUserCommand({ UserName: "ann" }))).rejects.toThrow();
  const refused = (await delivered()).find(({ eventName }) => eventName === "CreateUser");
  expect(refused?.errorCode).toBe("EntityAlreadyExists");
});

test("data events are recorded as the trail selects them: objects of other buckets, none of its own", async () => {
  await deliver();
  const put = (Bucket: string) =>
    sandbox.clients.s3.send(new PutObjectCommand({ Bucket, Key: "a/b.txt", Body: "content" }));
  await put(stage.outputs.other);
  await put(stage.outputs.bucket);
  const objects = (await delivered()).filter(({ eventName }) => eventName === "PutObject");
  expect(objects).toMatchObject([
    {
      eventCategory: "Data",
      managementEvent: false,
      resources: [
        { type: "AWS::S3::Bucket", ARN: `arn:aws:s3:::${stage.outputs.other}` },
        { type: "AWS::S3::Object", ARN: `arn:aws:s3:::${stage.outputs.other}/a/b.txt` },
      ],
    },
  ]);
});

test("the trail's log group has the same records", async () => {
  const records = await readRecords(sandbox.clients, stage.outputs.group);
  expect(records.filter(({ eventName }) => eventName === "CreateSecret")).toHaveLength(120);
});

test("digests chain the log files by signature, as validate-logs checks them", async () => {
  await sandbox.clients.iam.send(new CreateUserCommand({ UserName: "ben" }));
  const first = await deliver();
  const second = await deliver();
  // A delivery causes no event that would be delivered with the next one.
  expect(second.keys).toEqual([]);
  const publicKey = createPublicKey({ key: sandbox.trailPublicKey(), format: "der", type: "pkcs1" });
  const digests = await Promise.all([first, second].map(({ digestKey = "" }) => read(digestKey)));
  for (const { text, metadata } of digests) {
    const digest = JSON.parse(text) as Record<string, string | null>;
    const hash = createHash("sha256").update(text).digest("hex");
    const signed = [
      digest.digestEndTime,
      `${digest.digestS3Bucket}/${digest.digestS3Object}`,
      hash,
      digest.previousDigestSignature ?? "null",
    ];
    const verify = createVerify("RSA-SHA256").update(signed.join("\n"));
    expect(verify.verify(publicKey, metadata.signature ?? "", "hex")).toBe(true);
  }
  const [before, after] = digests.map(({ text }) => JSON.parse(text));
  expect(after.previousDigestS3Object).toBe(first.digestKey);
  expect(after.previousDigestSignature).toBe(digests[0]?.metadata.signature);
  expect(after.previousDigestHashValue).toBe(
    createHash("sha256")
      .update(digests[0]?.text ?? "")
      .digest("hex"),
  );
  expect(before.logFiles).toHaveLength(1);
  const log = await read(first.keys[0] as string);
  expect(before.logFiles[0]).toMatchObject({
    s3Object: first.keys[0],
    hashAlgorithm: "SHA-256",
    hashValue: createHash("sha256").update(log.text).digest("hex"),
  });
  expect(before.digestEndTime < after.digestEndTime).toBe(true);
});

test("without the bucket's permission nothing is written, and nothing is lost", async () => {
  const { s3, iam } = sandbox.clients;
  const Bucket = stage.outputs.bucket;
  const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket }));
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
  await iam.send(new CreateUserCommand({ UserName: "cleo" }));
  const { refused, keys } = await deliver();
  expect(keys).toEqual([]);
  expect(refused).toMatch(
    new RegExp(`^the policy of ${Bucket} does not let ${stage.outputs.arn} write arn:aws:s3:::${Bucket}/AWSLogs/.*gz$`),
  );
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  const names = (await delivered()).map(({ requestParameters }) => requestParameters?.userName);
  expect(names).toContain("cleo");
});

test("a trail that is stopped records that last, and nothing until it is started", async () => {
  const { cloudTrail, iam } = sandbox.clients;
  await iam.send(new CreateUserCommand({ UserName: "dora" }));
  await cloudTrail.send(new StopLoggingCommand({ Name: stage.outputs.arn }));
  const last = await delivered();
  expect(last.at(-1)).toMatchObject({ eventSource: "cloudtrail.amazonaws.com", eventName: "StopLogging" });
  expect(last.map(({ requestParameters }) => requestParameters?.userName)).toContain("dora");
  // The emulator's times of a start and a stop are whole seconds.
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await iam.send(new CreateUserCommand({ UserName: "emil" }));
  expect((await sandbox.deliverTrails()).flatMap(({ keys }) => keys)).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 1100));
  await cloudTrail.send(new StartLoggingCommand({ Name: stage.outputs.arn }));
  await iam.send(new CreateUserCommand({ UserName: "fred" }));
  const names = (await delivered()).map(({ requestParameters }) => requestParameters?.userName);
  expect(names).toContain("fred");
  expect(names).not.toContain("emil");
});
