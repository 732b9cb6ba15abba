import { DescribeTrailsCommand, GetEventSelectorsCommand, GetTrailStatusCommand } from "@aws-sdk/client-cloudtrail";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Emulated, startEmulated } from "../helpers/emulated.ts";

const TRAIL = "aws:cloudtrail/trail:Trail";

let emulated: Emulated;
beforeAll(async () => {
  emulated = await startEmulated();
}, 180_000);
afterAll(() => emulated.sandbox.close());

const cloudTrail = () => emulated.sandbox.clients.cloudTrail;

test("a trail is made, changed and deleted with what it records", async () => {
  const inputs = {
    s3BucketName: "logs",
    s3KeyPrefix: "here",
    kmsKeyId: "arn:aws:kms:us-east-1:123456789012:key/k",
    cloudWatchLogsGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:trail:*",
    cloudWatchLogsRoleArn: "arn:aws:iam::123456789012:role/trail",
    isMultiRegionTrail: true,
    enableLogFileValidation: true,
    advancedEventSelectors: [{ name: "all", fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }] }],
    tags: { a: "b" },
  };
  const trail = await emulated.create(TRAIL, inputs, "audit");
  expect(trail.id).toBe(`arn:aws:cloudtrail:us-east-1:123456789012:trail/${trail.outputs.name}`);
  expect(trail.outputs).toEqual({ name: expect.stringMatching(/^audit-/), arn: trail.id, homeRegion: "us-east-1" });
  const { trailList } = await cloudTrail().send(new DescribeTrailsCommand({}));
  expect(trailList).toMatchObject([
    {
      S3BucketName: "logs",
      S3KeyPrefix: "here",
      KmsKeyId: inputs.kmsKeyId,
      CloudWatchLogsLogGroupArn: inputs.cloudWatchLogsGroupArn,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      IsOrganizationTrail: false,
      LogFileValidationEnabled: true,
    },
  ]);
  const selectors = () => cloudTrail().send(new GetEventSelectorsCommand({ TrailName: trail.id }));
  const logs = async () => (await cloudTrail().send(new GetTrailStatusCommand({ Name: trail.id }))).IsLogging;
  expect((await selectors()).AdvancedEventSelectors).toMatchObject([
    { Name: "all", FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
  ]);
  expect(await logs()).toBe(true);

  const eventSelectors = [
    { readWriteType: "WriteOnly", dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }] },
    { includeManagementEvents: false },
  ];
  const { advancedEventSelectors: _none, ...basic } = inputs;
  await trail.update({ ...basic, eventSelectors, enableLogging: false });
  expect((await selectors()).EventSelectors).toMatchObject([
    { ReadWriteType: "WriteOnly", IncludeManagementEvents: true, DataResources: [{ Type: "AWS::S3::Object" }] },
    { ReadWriteType: "All", IncludeManagementEvents: false, DataResources: [] },
  ]);
  expect(await logs()).toBe(false);
  await trail.update(basic);
  expect(await logs()).toBe(true);

  await trail.delete();
  await trail.delete();
  expect((await cloudTrail().send(new DescribeTrailsCommand({}))).trailList).toEqual([]);
});

test("one that is not to log does not", async () => {
  const trail = await emulated.create(TRAIL, { name: "quiet", s3BucketName: "logs", enableLogging: false });
  expect(trail.outputs.name).toBe("quiet");
  expect((await cloudTrail().send(new GetTrailStatusCommand({ Name: "quiet" }))).IsLogging).toBe(false);
  await trail.delete();
});
