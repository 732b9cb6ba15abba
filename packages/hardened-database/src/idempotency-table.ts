import { type PolicyStatement, resourceTags } from "@palisade/core";
import { guardedTable, tableStatement } from "@palisade/storage";
import * as pulumi from "@pulumi/pulumi";
import type { IdempotencyTableArgs } from "./args.ts";
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
    const { kmsKeyArn, recoveryDays, allowDeletion, teamTags } = args;
    const tags = resourceTags({ component: "IdempotencyTable", name, teamTags, lowered: tableFloors(name, args) });
    const deletable = allowDeletion !== undefined;
    const table = guardedTable(name, { tags, kmsKeyArn, recoveryDays, deletable }, { parent: this });
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
    return tableStatement("UseIdempotencyTable", this.tableArn, operations);
  }
}
