import { AnalyticsPipeline } from "@palisade/analytics-pipeline";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const { accountId } = aws.getCallerIdentityOutput();
const { partition } = aws.getPartitionOutput();
const { region } = aws.getRegionOutput();

/** One key for all that is kept. CloudWatch Logs uses it for itself; everyone else by IAM. */
const key = new aws.kms.Key("analytics", {
  description: "Encrypts the records of calls",
  enableKeyRotation: true,
  deletionWindowInDays: 30,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "PoliciesOfTheAccount",
        Effect: "Allow",
        Principal: { AWS: pulumi.interpolate`arn:${partition}:iam::${accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "LogGroups",
        Effect: "Allow",
        Principal: { Service: pulumi.interpolate`logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:*`,
          },
        },
      },
    ],
  }),
});

const viewers = config.getObject<string[]>("quickSightViewers");

/** The calls of an API and of AWS's own, in one table. */
const calls = new AnalyticsPipeline("calls", {
  existingTrail: { bucketName: config.require("trailBucket"), kmsKeyArn: config.get("trailKeyArn") },
  apiAccessLog: { logGroupName: config.require("accessLog") },
  // By schedule alone: an hour's delay, and a run an hour.
  startOnEvents: false,
  schedule: "cron(10 * * * ? *)",
  kmsKeyArn: key.arn,
  alarmTopicArn: config.get("alarmTopicArn"),
  forecast: {},
  ...(viewers && {
    quickSight: { existingSubscription: "the account's own, which this stack does not touch", viewerArns: viewers },
  }),
});

/** Who asks: this role may query the table in the workgroup, and nothing else. */
const analysts = new aws.iam.Role("analysts", {
  assumeRolePolicy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: config.require("analysts") }, Action: "sts:AssumeRole" }],
  }),
});
new aws.iam.RolePolicy("analysts", {
  role: analysts.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: calls.readerStatements().map(({ sid, actions, resources, conditions }) => ({
      Sid: sid,
      Effect: "Allow",
      Action: actions,
      Resource: resources,
      Condition: conditions,
    })),
  }),
});

export const workgroup = calls.workgroupName;
export const table = pulumi.interpolate`${calls.databaseName}.${calls.tableName}`;
export const forecastEndpoint = calls.forecastEndpointName;
