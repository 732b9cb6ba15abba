import { expectNamesPrefixed, expectPartitionSafe, recordStack, rejection, resolved } from "@palisade/testing";
import { describe, expect, test } from "vitest";
import { AccountSecurity, type AccountSecurityArgs, SecurityStandard } from "../../src/index.ts";

const ANALYZER = "aws:accessanalyzer/analyzer:Analyzer";
const HUB = "aws:securityhub/account:Account";
const STANDARD = "aws:securityhub/standardsSubscription:StandardsSubscription";
const RECORDER = "aws:cfg/recorder:Recorder";
const CHANNEL = "aws:cfg/deliveryChannel:DeliveryChannel";
const RECORDING = "aws:cfg/recorderStatus:RecorderStatus";
const SERVICE_ROLE = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
const ENABLER = "aws:inspector2/enabler:Enabler";
const MACIE = "aws:macie2/account:Account";
const SEARCH = "aws:macie2/classificationJob:ClassificationJob";
const COMPONENT = "palisade:index:AccountSecurity";
const ACCOUNT = "111122223333";

const record = (args?: AccountSecurityArgs, place?: { partition: string }) =>
  recordStack(() => new AccountSecurity("account", args), { place });
const ALL: AccountSecurityArgs = {
  accessAnalyzer: { unusedAccessDays: 90 },
  securityHub: {},
  configRecorder: {},
  inspector: {},
  macie: { bucketNames: ["exports"] },
};

describe("an account's security", () => {
  test("is the free analyzer alone, unless more is asked for", async () => {
    const recording = await record();
    expect(recording.types()).toEqual({ [ANALYZER]: 1, [COMPONENT]: 1 });
    expect(recording.one(ANALYZER).inputs).toEqual({
      analyzerName: "project-stack-account-external-access",
      type: "ACCOUNT",
      tags: { "palisade:component": "AccountSecurity", "palisade:name": "account" },
    });
    expect(await resolved(recording.result.externalAnalyzerArn)).toBe(recording.one(ANALYZER).outputs.arn);
    expect([recording.result.securityHubArn, recording.result.configBucketName]).toEqual([undefined, undefined]);
  });

  test("with all of it has these singletons, which stay with what they need when the stack is destroyed", async () => {
    const recording = await record(ALL);
    expectNamesPrefixed(recording, recording.one(COMPONENT));
    const singletons = [ANALYZER, HUB, STANDARD, RECORDER, CHANNEL, RECORDING, SERVICE_ROLE, ENABLER, MACIE];
    const kept = recording.resources.filter(({ type }) => singletons.includes(type));
    expect(kept).toHaveLength(11);
    for (const { options } of kept) expect([options.protect, options.retainOnDelete]).toEqual([true, true]);
    // All but the component and the search, which is no singleton.
    const others = recording.resources.filter(({ type }) => type !== COMPONENT && type !== SEARCH);
    expect(others.filter(({ options }) => options.retainOnDelete !== true).map(({ name }) => name)).toEqual([]);
  });

  test("names no partition and no region", async () => {
    expectPartitionSafe(await record(ALL, { partition: "aws-cn" }));
  });
});

describe("Access Analyzer", () => {
  test("looks for unused access where asked to, and at the organization where asked to", async () => {
    const recording = await record({ accessAnalyzer: { unusedAccessDays: 30, wholeOrganization: true } });
    expect(recording.all(ANALYZER).map(({ inputs }) => [inputs.type, inputs.configuration])).toEqual([
      ["ORGANIZATION", undefined],
      ["ORGANIZATION_UNUSED_ACCESS", { unusedAccess: { unusedAccessAge: 30 } }],
    ]);
  });

  test("is adopted by its ARN, and then made in further regions only", async () => {
    const existingAnalyzerArn = `arn:aws:access-analyzer:eu-central-1:${ACCOUNT}:analyzer/existing`;
    const recording = await record({ accessAnalyzer: { existingAnalyzerArn } });
    expect(recording.count(ANALYZER)).toBe(0);
    expect(await resolved(recording.result.externalAnalyzerArn)).toBe(existingAnalyzerArn);
    const further = await record({ accessAnalyzer: { existingAnalyzerArn }, regions: ["eu-west-1"] });
    expect(further.all(ANALYZER).map(({ name, inputs }) => [name, inputs.region])).toEqual([
      ["account-external-access-eu-west-1", "eu-west-1"],
    ]);
  });
});

describe("Security Hub", () => {
  test("checks AWS's best practices and CIS 5.0, in every region, and brings the findings together", async () => {
    const recording = await record({ securityHub: {}, regions: ["eu-west-1"] });
    expect(recording.all(HUB).map(({ inputs }) => inputs)).toEqual(
      [undefined, "eu-west-1"].map((region) => ({
        enableDefaultStandards: false,
        autoEnableControls: true,
        controlFindingGenerator: "SECURITY_CONTROL",
        ...(region && { region }),
      })),
    );
    expect(recording.all(STANDARD).map(({ inputs }) => inputs.standardsArn)).toEqual(
      ["eu-central-1", "eu-west-1"].flatMap((region) => [
        `arn:aws:securityhub:${region}::standards/aws-foundational-security-best-practices/v/1.0.0`,
        `arn:aws:securityhub:${region}::standards/cis-aws-foundations-benchmark/v/5.0.0`,
      ]),
    );
    expect(recording.one("aws:securityhub/findingAggregator:FindingAggregator").inputs).toEqual({
      linkingMode: "SPECIFIED_REGIONS",
      specifiedRegions: ["eu-west-1"],
    });
    expect(await resolved(recording.result.securityHubArn)).toBe(
      recording.one(HUB, "account-security-hub").outputs.arn,
    );
  });

  test("is adopted, and has the standards that are asked for", async () => {
    const existingHubArn = `arn:aws:securityhub:eu-central-1:${ACCOUNT}:hub/default`;
    const recording = await record({ securityHub: { existingHubArn, standards: [SecurityStandard.Nist80053] } });
    expect(recording.count(HUB)).toBe(0);
    expect(recording.one(STANDARD).inputs.standardsArn).toMatch(/standards\/nist-800-53\/v\/5\.0\.0$/);
    expect(await resolved(recording.result.securityHubArn)).toBe(existingHubArn);
  });
});

describe("Config's recorder", () => {
  test("records a serverless API's types with the service's own role, into a guarded bucket", async () => {
    const recording = await record({ configRecorder: {} });
    const recorder = recording.one(RECORDER).inputs;
    expect(recorder).toMatchObject({
      name: "default",
      roleArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
      recordingMode: { recordingFrequency: "CONTINUOUS" },
      recordingGroup: { allSupported: false, recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }] },
    });
    const { resourceTypes } = recorder.recordingGroup as { resourceTypes: string[] };
    expect(resourceTypes).toHaveLength(25);
    expect(resourceTypes).toEqual(expect.arrayContaining(["AWS::Lambda::Function", "AWS::IAM::Role"]));
    const bucket = recording.one("aws:s3/bucket:Bucket", "account-config");
    expect(recording.one(CHANNEL).inputs).toMatchObject({
      s3BucketName: bucket.id,
      s3KmsKeyArn: recording.one("aws:kms/key:Key").outputs.arn,
    });
    expect(recording.one(RECORDING).inputs).toEqual({ name: "default", isEnabled: true });
    expect(recording.one(RECORDING).options.dependsOn).toContain(recording.one(CHANNEL).urn);
    expect(recording.one(SERVICE_ROLE).inputs).toEqual({ awsServiceName: "config.amazonaws.com" });
    expect(await resolved(recording.result.configBucketName)).toBe(bucket.id);
    const policy = recording.one("aws:s3/bucketPolicy:BucketPolicy", "account-config-policy");
    const { Statement } = JSON.parse(String(policy.inputs.policy)) as { Statement: Record<string, unknown>[] };
    expect(Statement.slice(0, 2)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "config.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
        Sid: "ConfigLooksAtBucket",
        Action: ["s3:GetBucketAcl", "s3:ListBucket"],
        Resource: bucket.outputs.arn,
      },
      {
        Effect: "Allow",
        Principal: { Service: "config.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
        Sid: "ConfigWrites",
        Action: "s3:PutObject",
        Resource: `${bucket.outputs.arn}/AWSLogs/${ACCOUNT}/Config/*`,
      },
    ]);
  });

  test("records IAM in one region only, and each region into the same bucket", async () => {
    const recording = await record({ configRecorder: {}, regions: ["eu-west-1"] });
    const further = recording.one(RECORDER, "account-config-recorder-eu-west-1").inputs;
    const { resourceTypes } = further.recordingGroup as { resourceTypes: string[] };
    expect(resourceTypes).toHaveLength(21);
    expect(resourceTypes.filter((type) => type.startsWith("AWS::IAM::"))).toEqual([]);
    expect(new Set(recording.all(CHANNEL).map(({ inputs }) => inputs.s3BucketName)).size).toBe(1);
    const all = await record({ configRecorder: { everyType: true }, regions: ["eu-west-1"] });
    expect(all.all(RECORDER).map(({ inputs }) => inputs.recordingGroup)).toEqual([
      { allSupported: true, includeGlobalResourceTypes: true },
      { allSupported: true, includeGlobalResourceTypes: false },
    ]);
  });

  test("takes the account's role, another key, a day's end and a shorter time", async () => {
    const recording = await record({
      configRecorder: {
        existingServiceRole: true,
        kmsKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1",
        daily: true,
        expirationDays: 90,
        resourceTypes: ["AWS::S3::Bucket"],
      },
    });
    expect([recording.count(SERVICE_ROLE), recording.count("aws:kms/key:Key")]).toEqual([0, 0]);
    expect(recording.one(RECORDER).inputs).toMatchObject({
      recordingMode: { recordingFrequency: "DAILY" },
      recordingGroup: { resourceTypes: ["AWS::S3::Bucket"] },
    });
    const lifecycle = recording.one(
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
      "account-config-lifecycle",
    );
    expect(lifecycle.inputs.rules).toEqual([expect.objectContaining({ expiration: { days: 90 } })]);
    expect(JSON.stringify(lifecycle.inputs)).not.toContain("GLACIER");
  });

  test("is adopted by its name: nothing is made", async () => {
    const recording = await record({ configRecorder: { existingRecorderName: "default" } });
    expect(recording.types()).toEqual({ [ANALYZER]: 1, [COMPONENT]: 1 });
    expect(recording.result.configBucketName).toBeUndefined();
  });
});

describe("Inspector", () => {
  test.each<[NonNullable<AccountSecurityArgs["inspector"]>, string[]]>([
    [{}, ["LAMBDA", "LAMBDA_CODE"]],
    [{ functionCode: false }, ["LAMBDA"]],
    [{ images: true, instances: true }, ["LAMBDA", "LAMBDA_CODE", "ECR", "EC2"]],
  ])("with %j looks at %j", async (inspector, resourceTypes) => {
    expect((await record({ inspector })).one(ENABLER).inputs).toEqual({ accountIds: [ACCOUNT], resourceTypes });
  });

  test("that is on is left alone", async () => {
    expect((await record({ inspector: { existing: true } })).count(ENABLER)).toBe(0);
  });
});

describe("Macie", () => {
  test("searches a tenth of the buckets' objects once a week", async () => {
    const recording = await record({ macie: { bucketNames: ["exports"] } });
    expect(recording.one(MACIE).inputs).toEqual({
      status: "ENABLED",
      findingPublishingFrequency: "FIFTEEN_MINUTES",
    });
    expect(recording.one(SEARCH).inputs).toMatchObject({
      jobType: "SCHEDULED",
      scheduleFrequency: { weeklySchedule: "SUNDAY" },
      samplingPercentage: 10,
      s3JobDefinition: { bucketDefinitions: [{ accountId: ACCOUNT, buckets: ["exports"] }] },
    });
    expect(recording.one(SEARCH).options.dependsOn).toEqual([recording.one(MACIE).urn]);
    expect(recording.one(SEARCH).options.retainOnDelete).not.toBe(true);
  });

  test("that is on is not changed, and searches more where asked to; without buckets nothing", async () => {
    const recording = await record({ macie: { bucketNames: ["exports"], samplingPercent: 100, existing: true } });
    expect(recording.count(MACIE)).toBe(0);
    expect(recording.one(SEARCH).inputs.samplingPercentage).toBe(100);
    const empty = await record({ macie: { bucketNames: [] }, regions: ["eu-west-1"] });
    expect([empty.count(MACIE), empty.count(SEARCH)]).toEqual([2, 0]);
  });
});

test("an administrator is named for what is on, for each region where AWS has it so", async () => {
  const recording = await record({ ...ALL, regions: ["eu-west-1"], delegatedAdministrator: "444455556666" });
  const named = recording.resources.filter(({ name }) => name.includes("-administrator"));
  expect(named.map(({ name }) => name).sort()).toEqual([
    "account-access-analyzer-administrator",
    "account-config-administrator",
    "account-inspector-administrator",
    "account-inspector-administrator-eu-west-1",
    "account-macie-administrator",
    "account-macie-administrator-eu-west-1",
    "account-security-hub-administrator",
    "account-security-hub-administrator-eu-west-1",
  ]);
  for (const { inputs, options } of named) {
    expect(inputs.accountId ?? inputs.adminAccountId).toBe("444455556666");
    expect(options.retainOnDelete).toBe(true);
  }
  const adopted = await record({
    securityHub: { existingHubArn: `arn:aws:securityhub:eu-central-1:${ACCOUNT}:hub/default` },
    delegatedAdministrator: "444455556666",
  });
  expect(adopted.resources.filter(({ name }) => name.includes("-administrator"))).toHaveLength(2);
});

test.each<[AccountSecurityArgs, string]>([
  [
    { regions: ["europe"] },
    'regions[0] is "europe"; allowed: codes of regions such as eu-west-1, each once and without the provider\'s own; to fix it, correct it, or remove it',
  ],
  [
    { regions: ["eu-west-1", "eu-west-1"] },
    'regions[1] is "eu-west-1"; allowed: codes of regions such as eu-west-1, each once and without the provider\'s own; to fix it, correct it, or remove it',
  ],
  [
    { delegatedAdministrator: "security" },
    "delegatedAdministrator is \"security\"; allowed: an account's id, twelve digits; to fix it, give the account's id",
  ],
  [
    { accessAnalyzer: { existingAnalyzerArn: "default" } },
    'accessAnalyzer.existingAnalyzerArn is "default"; allowed: an ARN of access-analyzer; to fix it, give the ARN of the one that the account has',
  ],
  [
    { securityHub: { existingHubArn: "default" } },
    'securityHub.existingHubArn is "default"; allowed: an ARN of securityhub; to fix it, give the ARN of the one that the account has',
  ],
  [
    { accessAnalyzer: { unusedAccessDays: 366 } },
    "accessAnalyzer.unusedAccessDays is 366; allowed: a whole number from 1 to 365; to fix it, set accessAnalyzer.unusedAccessDays to one",
  ],
  [
    { securityHub: { standards: ["pci" as SecurityStandard] } },
    'securityHub.standards[0] is "pci"; allowed: aws-foundational-security-best-practices/v/1.0.0, cis-aws-foundations-benchmark/v/5.0.0, nist-800-53/v/5.0.0; to fix it, set securityHub.standards[0] to one of them',
  ],
  [
    { configRecorder: { everyType: true, resourceTypes: ["AWS::S3::Bucket"] } },
    'configRecorder.resourceTypes is ["AWS::S3::Bucket"]; allowed: nothing beside everyType; to fix it, remove resourceTypes, or everyType',
  ],
  [
    { configRecorder: { resourceTypes: [] } },
    "configRecorder.resourceTypes is []; allowed: at least one type; to fix it, remove it for the default types",
  ],
  [
    { configRecorder: { resourceTypes: ["Bucket"] } },
    'configRecorder.resourceTypes[0] is "Bucket"; allowed: a type of Config\'s, such as AWS::Lambda::Function; to fix it, correct it',
  ],
  [
    { configRecorder: { expirationDays: 29 } },
    "configRecorder.expirationDays is 29; allowed: a whole number from 30 to 3653; to fix it, set configRecorder.expirationDays to one",
  ],
  [
    { macie: { bucketNames: [], samplingPercent: 0 } },
    "macie.samplingPercent is 0; allowed: a whole number from 1 to 100; to fix it, set macie.samplingPercent to one",
  ],
])("%j is refused before anything is created", async (args, says) => {
  const { message } = await rejection(() => new AccountSecurity("account", args));
  expect(message).toContain(`AccountSecurity "account": ${says}`);
});
