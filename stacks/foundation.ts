import { keyOfAccount } from "@palisade/core";
import { CodeSigning, TeamAccess } from "@palisade/hardened-function";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { StageConfig } from "./config.ts";
import { TEAMS } from "./functions.ts";
import type { StageData } from "./stages/stage.ts";

/** What every component of a stage is handed: its key, whom it tells, whose code it runs, and who may change what. */
export interface Foundation {
  /** Absent where the stage has no key of its own. */
  kmsKeyArn: pulumi.Output<string> | undefined;
  /** Absent where nobody is told. */
  alarmTopicArn: pulumi.Output<string> | undefined;
  codeSigning: CodeSigning;
  teams: TeamAccess;
}

/** Makes what the rest of a stage stands on. */
export function createFoundation(stage: StageData, config: StageConfig): Foundation {
  const { accountId } = aws.getCallerIdentityOutput();
  const place = {
    partition: aws.getPartitionOutput().partition,
    region: aws.getRegionOutput().region,
    accountId,
  };
  const kmsKeyArn = stage.customerKey ? createKey(stage, place).arn : undefined;
  const codeSigning = new CodeSigning("code", { kmsKeyArn, allowDeletion: stage.allowDeletion });
  return {
    kmsKeyArn,
    alarmTopicArn: stage.alarms ? createAlarms(place, kmsKeyArn).arn : undefined,
    codeSigning,
    teams: new TeamAccess("teams", {
      teams: [...TEAMS],
      trustedPrincipalArns: config.developerPrincipals ?? [
        pulumi.interpolate`arn:${place.partition}:iam::${accountId}:root`,
      ],
      codeBucketArn: codeSigning.codeBucketArn,
    }),
  };
}

interface Place {
  partition: pulumi.Output<string>;
  region: pulumi.Output<string>;
  accountId: pulumi.Output<string>;
}

/** What using a key to encrypt and decrypt is called. */
const USE = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * The one key of a stage. The account's policies of IAM say who may use it; services that use it for themselves are named here, each
 * for this account's resources only.
 */
function createKey(stage: StageData, { partition, region, accountId }: Place): aws.kms.Key {
  const ofAccount = { StringEquals: { "aws:SourceAccount": accountId } };
  const policy = pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      keyOfAccount("PoliciesOfTheAccount", { partition, accountId }),
      {
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
        Sid: "LogGroups",
        Effect: "Allow",
        Principal: { Service: pulumi.interpolate`logs.${region}.amazonaws.com` },
        Action: USE,
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": pulumi.interpolate`arn:${partition}:logs:${region}:${accountId}:log-group:*`,
          },
        },
      },
      {
        // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
        Sid: "WhoTellsTheAlarmTopic",
        Effect: "Allow",
        Principal: { Service: ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: ofAccount,
      },
      {
        // DynamoDB uses the key as whoever reads or writes the table.
        // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html#dynamodb-kms-authz
        Sid: "TablesOfTheAccount",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [...USE, "kms:CreateGrant"],
        Resource: "*",
        Condition: {
          StringEquals: {
            "kms:CallerAccount": accountId,
            "kms:ViaService": pulumi.interpolate`dynamodb.${region}.amazonaws.com`,
          },
        },
      },
    ],
  });
  return new aws.kms.Key("stage-key", {
    description: `Encrypts what the stage ${stage.name} keeps`,
    enableKeyRotation: true, // Security Hub KMS.4
    deletionWindowInDays: 30,
    policy,
    tags: { "palisade:component": "Stage", "palisade:name": stage.name },
  });
}

/** The one topic that alarms and the database's events go to. Who is told is for the account to subscribe. */
function createAlarms({ accountId }: Place, kmsKeyArn: pulumi.Output<string> | undefined): aws.sns.Topic {
  const topic = new aws.sns.Topic("alarms", {
    displayName: "Alarms and events of a Palisade stage",
    kmsMasterKeyId: kmsKeyArn, // Security Hub SNS.1
    tags: { "palisade:component": "Stage", "palisade:name": "alarms" },
  });
  new aws.sns.TopicPolicy("alarms-policy", {
    arn: topic.arn,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WhoTells",
          Effect: "Allow",
          Principal: { Service: ["cloudwatch.amazonaws.com", "events.rds.amazonaws.com"] },
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { StringEquals: { "aws:SourceAccount": accountId } },
        },
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: topic.arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    }),
  });
  return topic;
}
