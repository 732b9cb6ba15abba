import { gunzipSync } from "node:zlib";
import type { S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AwsClients } from "../../src/clients.ts";
import { startDelivery, type TrailDelivery } from "../../src/trail/delivery.ts";

const PLACE = { accountId: "123456789012", partition: "aws", region: "eu-west-1" };
const ARN = "arn:aws:cloudtrail:eu-west-1:123456789012:trail/audit";
const POLICY = JSON.stringify({
  Statement: {
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: "*",
  },
});

type Sent = { name: string; input: Record<string, unknown> };

let sent: Sent[];
/** How AWS answers, by the command's name; an Error is thrown. */
let answers: Record<string, unknown>;
let delivery: TrailDelivery;
let eventCount: number;

const client = {
  send: async ({ constructor: { name }, input }: { constructor: { name: string }; input: Record<string, unknown> }) => {
    const short = name.replace(/Command$/, "");
    sent.push({ name: short, input });
    const answer = answers[short] ?? {};
    if (answer instanceof Error) throw answer;
    return typeof answer === "function" ? answer() : answer;
  },
};

/** An event that was just recorded. */
function recorded() {
  eventCount++;
  const CloudTrailEvent = JSON.stringify({
    eventID: `e${eventCount}`,
    eventName: "CreateUser",
    eventTime: "2026-11-24T10:00:00Z",
  });
  return { EventId: `e${eventCount}`, EventTime: new Date(), CloudTrailEvent };
}

const trail = (more: object = {}) => ({
  DescribeTrails: { trailList: [{ TrailARN: ARN, Name: "audit", S3BucketName: "logs", ...more }] },
});

function start(everySeconds = 0): TrailDelivery {
  const clients = new Proxy({}, { get: () => client }) as AwsClients;
  return startDelivery({ identity: PLACE, clients, s3: client as unknown as S3Client, everySeconds });
}

beforeEach(() => {
  sent = [];
  eventCount = 0;
  answers = {
    ...trail(),
    GetTrailStatus: { IsLogging: true, StartLoggingTime: new Date(0) },
    GetEventSelectors: { EventSelectors: [{}] },
    GetBucketPolicy: { Policy: POLICY },
    LookupEvents: () => ({ Events: [recorded()] }),
  };
  delivery = start();
});
afterEach(() => delivery.close());

const names = () => sent.map(({ name }) => name);
const files = () => sent.filter(({ name }) => name === "PutObject").map(({ input }) => input);
const idsIn = (file: Record<string, unknown> | undefined) =>
  (JSON.parse(gunzipSync(file?.Body as Buffer).toString()) as { Records: { eventID: string }[] }).Records.map(
    ({ eventID }) => eventID,
  );

test("what S3 does not take waits, and comes with the next delivery in the order of its recording", async () => {
  answers.PutObject = new Error("S3 is away");
  await expect(delivery.deliver()).rejects.toThrow("S3 is away");
  answers.PutObject = {};
  expect(await delivery.deliver()).toMatchObject([{ records: 2 }]);
  expect(idsIn(files().at(-1))).toEqual(["e1", "e2"]);
});

test("a bucket that is not there, and one without a policy, are refused", async () => {
  answers.GetBucketPolicy = Object.assign(new Error("none"), { name: "NoSuchBucketPolicy" });
  expect((await delivery.deliver())[0]?.refused).toMatch(/^the policy of logs does not let /);
  answers.GetBucketPolicy = new Error("S3 is away");
  await expect(delivery.deliver()).rejects.toThrow("S3 is away");
  expect(names()).not.toContain("PutObject");
});

test("a trail's prefix and key are its files'; without a log group and validation there is nothing more", async () => {
  Object.assign(answers, trail({ S3KeyPrefix: "org", KmsKeyId: "arn:key" }));
  const [delivered] = await delivery.deliver();
  expect(delivered?.keys[0]).toMatch(/^org\/AWSLogs\/123456789012\/CloudTrail\/eu-west-1\//);
  expect(delivered).not.toHaveProperty("digestKey");
  expect(files()).toMatchObject([
    { Bucket: "logs", ServerSideEncryption: "aws:kms", SSEKMSKeyId: "arn:key", ContentEncoding: "gzip" },
  ]);
  expect(names()).not.toContain("PutLogEvents");
});

test("a digest names all files since the last one that was written, under a second of its own", async () => {
  Object.assign(answers, trail({ LogFileValidationEnabled: true, S3KeyPrefix: "" }));
  const digests = (await Promise.all([delivery.deliver(), delivery.deliver()]))
    .flat()
    .map(({ digestKey }) => digestKey);
  expect(new Set(digests).size).toBe(2);
  const digest = (key: string | undefined) =>
    JSON.parse(gunzipSync(files().find(({ Key }) => Key === key)?.Body as Buffer).toString()) as Record<
      string,
      unknown
    >;
  expect(digests[0]).toMatch(
    /^AWSLogs\/123456789012\/CloudTrail-Digest\/eu-west-1\/.*_CloudTrail-Digest_eu-west-1_audit_eu-west-1_\d{8}T\d{6}Z\.json\.gz$/,
  );
  expect(digest(digests[0])).toMatchObject({
    previousDigestSignature: null,
    digestStartTime: "1970-01-01T00:00:00Z",
    newestEventTime: "2026-11-24T10:00:00Z",
  });
  expect(digest(digests[1])).toMatchObject({
    previousDigestS3Object: digests[0],
    digestStartTime: digest(digests[0]).digestEndTime,
  });
  answers.LookupEvents = {};
  const [empty] = await delivery.deliver();
  expect(digest(empty?.digestKey)).toMatchObject({ logFiles: [], newestEventTime: null, oldestEventTime: null });
});

test("what has no name in CloudTrail is in no file, and no file is written for it", async () => {
  const unnamed = { ...recorded(), CloudTrailEvent: '{"eventName":"POST.apigateway"}' };
  answers.LookupEvents = { Events: [unnamed] };
  expect(await delivery.deliver()).toMatchObject([{ keys: [], records: 0 }]);
});

test("without trails, and with one that never logged, nothing is read", async () => {
  answers.GetTrailStatus = {};
  expect(await delivery.deliver()).toEqual([]);
  answers.DescribeTrails = {};
  expect(await delivery.deliver()).toEqual([]);
  expect(names()).not.toContain("LookupEvents");
});

test("it delivers by itself, goes on after one that fails, and stops when it is closed", async () => {
  const own = start(0.02);
  answers.PutObject = new Error("S3 is away");
  await expect.poll(() => files().length, { timeout: 10_000 }).toBeGreaterThan(1);
  answers.PutObject = {};
  const before = files().length;
  await expect.poll(() => files().length, { timeout: 10_000 }).toBeGreaterThan(before);
  await own.close();
  const after = sent.length;
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(sent).toHaveLength(after);
});

test("digests are signed with one key", () => {
  expect(delivery.publicKey()).toBe(delivery.publicKey());
});
