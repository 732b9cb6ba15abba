import { childName, type PolicyStatement } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** The partition key of every table of ours, a string. */
export const TABLE_KEY = "id";
/** The attribute with the time, in seconds since 1970, after which DynamoDB deletes an item. */
export const TABLE_EXPIRY = "expiresAt";
/** The most that DynamoDB keeps. */
const RECOVERY_DAYS = 35;

/** How a table is kept. */
export interface GuardedTableArgs {
  /** The table's tags, with the floors that its component lowers. */
  tags: Record<string, pulumi.Input<string>>;
  /** ARN of the key of KMS that encrypts. The default is none: DynamoDB's own key encrypts. */
  kmsKeyArn?: pulumi.Input<string>;
  /** Days back to which the table can be restored, from 1 to 35. The default is 35. */
  recoveryDays?: number;
  /** Whether the table may be deleted. The default is no. */
  deletable?: boolean;
}

/**
 * A table of items that expire, paid by request, that can be restored and is not deleted by mistake. Security Hub DynamoDB.1 (it scales with
 * demand), DynamoDB.2, DynamoDB.6.
 *
 * @param name The component's logical name; the table's is `${name}-table`.
 * @param opts The parent.
 */
export function guardedTable(
  name: string,
  { tags, kmsKeyArn, recoveryDays = RECOVERY_DAYS, deletable = false }: GuardedTableArgs,
  opts: { parent: pulumi.Resource },
): aws.dynamodb.Table {
  return new aws.dynamodb.Table(
    childName(name, "table"),
    {
      billingMode: "PAY_PER_REQUEST", // Nothing to pay for when idle.
      hashKey: TABLE_KEY,
      attributes: [{ name: TABLE_KEY, type: "S" }],
      ttl: { attributeName: TABLE_EXPIRY, enabled: true },
      pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: recoveryDays },
      // `enabled` chooses a key of KMS instead of DynamoDB's own, which encrypts in any case.
      ...(kmsKeyArn !== undefined && { serverSideEncryption: { enabled: true, kmsKeyArn } }),
      deletionProtectionEnabled: !deletable,
      tags,
    },
    opts,
  );
}

/**
 * The statement that lets a role use a table.
 *
 * @param sid The statement's id.
 * @param operations DynamoDB's operations, such as `GetItem` and `PutItem`.
 */
export function tableStatement(sid: string, tableArn: pulumi.Input<string>, operations: string[]): PolicyStatement {
  return { sid, actions: operations.map((operation) => `dynamodb:${operation}`), resources: [tableArn] };
}
