import { childName, type ResourceStatement } from "@palisade/core";
import { allowOnBucket, type GuardedBucket, guardedBucket, logAccess } from "@palisade/storage";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createRotatingKey } from "../rotating-key.ts";
import type { ConfigRecorderArgs } from "./args.ts";
import { EXPIRATION_DAYS, FIXED, GLOBAL_TYPE, RECORDED_TYPES } from "./defaults.ts";
import type { AccountScope } from "./scope.ts";

/**
 * Config's recorder in every region (Security Hub Config.1), with one bucket for all of them. Recorder, channel, bucket and role outlive the
 * stack.
 *
 * @returns the bucket's name; none when the account's own recorder is adopted
 */
export function createConfigRecorder(scope: AccountScope, args: ConfigRecorderArgs): pulumi.Output<string> | undefined {
  const { name, place, regions, kept } = scope;
  const own = regions.filter(({ region }) => args.existingRecorderName === undefined || region !== undefined);
  if (own.length === 0) return undefined;

  const { partition, accountId } = place;
  // https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles.html
  const roleArn = pulumi.interpolate`arn:${partition}:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
  const role =
    args.existingServiceRole === true
      ? []
      : [
          new aws.iam.ServiceLinkedRole(
            childName(name, "config-role"),
            { awsServiceName: "config.amazonaws.com" },
            kept,
          ),
        ];
  const kmsKeyArn = args.kmsKeyArn ?? createKey(scope);
  const { guarded, policy } = createBucket(scope, kmsKeyArn, args.expirationDays ?? EXPIRATION_DAYS);

  for (const { region, childName: childOf } of own) {
    const recorder = new aws.cfg.Recorder(
      childOf("config-recorder"),
      {
        name: FIXED.RECORDER_NAME,
        roleArn,
        recordingGroup: recordingGroup(args, region === undefined),
        recordingMode: { recordingFrequency: args.daily === true ? "DAILY" : "CONTINUOUS" },
        region,
      },
      { ...kept, dependsOn: role },
    );
    const channel = new aws.cfg.DeliveryChannel(
      childOf("config-channel"),
      {
        name: FIXED.RECORDER_NAME,
        s3BucketName: guarded.bucket.id,
        s3KmsKeyArn: kmsKeyArn,
        snapshotDeliveryProperties: { deliveryFrequency: "TwentyFour_Hours" },
        region,
      },
      { ...kept, dependsOn: [recorder, policy] },
    );
    new aws.cfg.RecorderStatus(
      childOf("config-on"),
      { name: recorder.name, isEnabled: true, region },
      { ...kept, dependsOn: [channel] },
    );
  }
  return guarded.bucket.id;
}

function recordingGroup({ resourceTypes, everyType }: ConfigRecorderArgs, isHome: boolean) {
  if (everyType === true) return { allSupported: true, includeGlobalResourceTypes: isHome };
  const types = resourceTypes ?? RECORDED_TYPES;
  return {
    allSupported: false,
    resourceTypes: isHome ? types : types.filter((type) => !GLOBAL_TYPE.test(type)),
    recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
  };
}

function createKey({ name, place, tags, kept }: AccountScope): pulumi.Output<string> {
  const delivers = {
    Sid: "ConfigDelivers",
    Principal: { Service: "config.amazonaws.com" },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Condition: { StringEquals: { "aws:SourceAccount": place.accountId } },
  };
  const description = "Encrypts Config's record of resources";
  return createRotatingKey(name, { role: "config-key", description, place, statements: [delivers], tags }, kept);
}

function createBucket(
  { name, place, tags, child }: AccountScope,
  kmsKeyArn: pulumi.Input<string>,
  expirationDays: number,
): { guarded: GuardedBucket; policy: aws.s3.BucketPolicy } {
  const accessLogs = guardedBucket(
    name,
    "config-access-logs",
    {
      tags,
      expirationDays: FIXED.ACCESS_LOG_DAYS,
      noncurrentDays: FIXED.ACCESS_LOG_DAYS,
      outlivesStack: true,
    },
    child,
  );
  const guarded = guardedBucket(
    name,
    "config",
    {
      tags,
      kmsKeyArn,
      expirationDays,
      noncurrentDays: expirationDays,
      coldAfterDays: expirationDays > FIXED.COLD_AFTER_DAYS ? FIXED.COLD_AFTER_DAYS : undefined,
      outlivesStack: true,
    },
    child,
  );
  const policy = allowOnBucket(guarded, deliveryStatements(guarded.bucket, place.accountId));
  logAccess(accessLogs, [{ guarded, prefix: "config/" }], place.accountId);
  return { guarded, policy };
}

/** https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html */
function deliveryStatements(bucket: aws.s3.Bucket, accountId: pulumi.Input<string>): ResourceStatement[] {
  const shared = {
    Effect: "Allow" as const,
    Principal: { Service: "config.amazonaws.com" },
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
  return [
    { ...shared, Sid: "ConfigLooksAtBucket", Action: ["s3:GetBucketAcl", "s3:ListBucket"], Resource: bucket.arn },
    {
      ...shared,
      Sid: "ConfigWrites",
      Action: "s3:PutObject",
      Resource: pulumi.interpolate`${bucket.arn}/AWSLogs/${accountId}/Config/*`,
    },
  ];
}
