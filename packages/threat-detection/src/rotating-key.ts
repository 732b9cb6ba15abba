import { type AwsPlace, arnIn, childName, keyOfAccount, type ResourceStatement } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** How long a deleted key can be restored: KMS's most, in days. */
const DELETION_DAYS = 30;
/** In a key's policy a star is the key itself. https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html */
const THE_KEY = "*";

/** What a service may do with a key: a statement of its policy without the resource, which is the key. */
export type KeyStatement = Omit<ResourceStatement, "Effect" | "Resource">;

/** A key of a component, and who may use it beside whom the account's IAM policies let. */
export interface RotatingKey {
  /** What the key is to its component: `key`. */
  role: string;
  description: string;
  place: AwsPlace;
  statements: KeyStatement[];
  tags: Record<string, pulumi.Input<string>>;
}

/** Makes a key that rotates each year, and can be restored for 30 days after its deletion. Returns its ARN. */
export function createRotatingKey(
  name: string,
  { role, description, place, statements, tags }: RotatingKey,
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const allowed = statements.map(({ Sid, ...rest }) => ({ Sid, Effect: "Allow", Resource: THE_KEY, ...rest }));
  const key = new aws.kms.Key(
    childName(name, role),
    {
      description,
      enableKeyRotation: true, // Security Hub KMS.4
      deletionWindowInDays: DELETION_DAYS,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [keyOfAccount("AccountDecidesByIam", place), ...allowed],
      }),
      tags,
    },
    opts,
  );
  return key.arn;
}

/** Log groups of the account are encrypted with the key. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
export function logGroupsUse(Sid: string, place: AwsPlace): KeyStatement {
  return {
    Sid,
    Principal: { Service: pulumi.interpolate`logs.${place.region}.amazonaws.com` },
    Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
    Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arnIn(place, "logs", "log-group:*") } },
  };
}

/** EventBridge sends to encrypted queues, for rules of the account. */
export function eventBridgeUses(Sid: string, place: AwsPlace): KeyStatement {
  return {
    Sid,
    Principal: { Service: "events.amazonaws.com" },
    Action: ["kms:GenerateDataKey", "kms:Decrypt"],
    Condition: {
      StringEquals: { "aws:SourceAccount": place.accountId },
      ArnLike: { "aws:SourceArn": arnIn(place, "events", "rule/*") },
    },
  };
}
