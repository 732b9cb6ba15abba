import { childName, type PolicyStatement, resourceTags } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { IdempotencyTableArgs } from "./args.ts";
import { TABLE_EXPIRY, TABLE_KEY, TABLE_RECOVERY_DAYS } from "./defaults.ts";
import { tableFloors, validateTable } from "./validate.ts";

/**
 * A DynamoDB table of idempotency keys, so that a request that is sent twice is carried out once. The key is the string `id`;
 * a record is deleted by DynamoDB after the time in `expiresAt` (seconds since 1970).
 */
export class IdempotencyTable extends pulumi.ComponentResource {
  /** Name of the table. */
  public readonly tableName: pulumi.Output<string>;
  /** ARN of the table. */
  public readonly tableArn: pulumi.Output<string>;

  /**
   * @throws PalisadeError when an argument is not allowed, before any resource is created.
   */
  constructor(name: string, args: IdempotencyTableArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:IdempotencyTable", name, {}, opts);
    validateTable(name, args);
    const lowered = tableFloors(name, args);
    const table = new aws.dynamodb.Table(
      childName(name, "table"),
      {
        billingMode: "PAY_PER_REQUEST", // Security Hub DynamoDB.1, and nothing to pay for when idle.
        hashKey: TABLE_KEY,
        attributes: [{ name: TABLE_KEY, type: "S" }],
        ttl: { attributeName: TABLE_EXPIRY, enabled: true },
        // Security Hub DynamoDB.2
        pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: args.recoveryDays ?? TABLE_RECOVERY_DAYS },
        // `enabled` chooses a key of KMS instead of DynamoDB's own, which encrypts in any case.
        serverSideEncryption: args.kmsKeyArn === undefined ? undefined : { enabled: true, kmsKeyArn: args.kmsKeyArn },
        deletionProtectionEnabled: args.allowDeletion === undefined, // Security Hub DynamoDB.6
        tags: resourceTags({ component: "IdempotencyTable", name, teamTags: args.teamTags, lowered }),
      },
      { parent: this },
    );
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.registerOutputs({ tableName: this.tableName, tableArn: this.tableArn });
  }

  /**
   * The statement that lets a role use the table.
   *
   * @param operations DynamoDB's operations, such as `GetItem` and `PutItem`.
   */
  statement(...operations: string[]): PolicyStatement {
    return {
      sid: "UseIdempotencyTable",
      actions: operations.map((operation) => `dynamodb:${operation}`),
      resources: [this.tableArn],
    };
  }
}
