import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";

/** What was sent, so that nothing is sent twice. It holds ids, counts and times, which last a day or a week. */
export function createTable(
  name: string,
  kmsKeyArn: pulumi.Input<string>,
  isDeletable: boolean,
  tags: Record<string, pulumi.Input<string>>,
  opts: { parent: pulumi.Resource },
): aws.dynamodb.Table {
  return new aws.dynamodb.Table(
    childName(name, "table"),
    {
      billingMode: "PAY_PER_REQUEST", // Security Hub DynamoDB.1
      hashKey: FIXED.TABLE_KEY,
      attributes: [{ name: FIXED.TABLE_KEY, type: "S" }],
      ttl: { attributeName: FIXED.TABLE_EXPIRY, enabled: true },
      pointInTimeRecovery: { enabled: true }, // Security Hub DynamoDB.2
      serverSideEncryption: { enabled: true, kmsKeyArn },
      deletionProtectionEnabled: !isDeletable, // Security Hub DynamoDB.6
      tags,
    },
    opts,
  );
}
