import { type PolicyStatement, resourceTags } from "@palisade/core";
import { guardedTable, tableStatement } from "@palisade/storage";
import * as pulumi from "@pulumi/pulumi";
import type { RevocationTableArgs } from "./args.ts";
import { revocationTableSettings } from "./validate.ts";

/**
 * A DynamoDB table of the tokens that are refused before they end. Its key is the string `id`: `user#<sub>` with the number `notBefore`
 * (seconds since 1970) refuses the user's tokens that were issued before it, `session#<origin_jti>` refuses every token of one sign-in. An
 * item is deleted by DynamoDB after the time in `expiresAt` (seconds since 1970), when no token that it refuses is valid any more.
 *
 * A token proves itself by its signature until it ends, and a sign-out at Cognito changes nothing of that
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html).
 */
export class RevocationTable extends pulumi.ComponentResource {
  /** Name of the table. */
  public readonly tableName: pulumi.Output<string>;
  /** ARN of the table. */
  public readonly tableArn: pulumi.Output<string>;

  /**
   * @param name The logical name; the table's begins with it.
   * @param args How the table is kept. Every option has a default.
   * @param opts Pulumi's options; `transforms` reaches the table.
   * @throws PalisadeError when an argument is not allowed, before any resource is created.
   */
  constructor(name: string, args: RevocationTableArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    super("palisade:index:RevocationTable", name, {}, opts);
    const { recoveryDays, deletable, lowered } = revocationTableSettings(name, args);
    const tags = resourceTags({ component: "RevocationTable", name, teamTags: args.teamTags, lowered });
    const kept = { tags, kmsKeyArn: args.kmsKeyArn, recoveryDays, deletable };
    const table = guardedTable(name, kept, { parent: this });
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.registerOutputs({ tableName: this.tableName, tableArn: this.tableArn });
  }

  /**
   * The statement that lets a role use the table: the authorizer's `BatchGetItem`, and `PutItem` or `UpdateItem` of what revokes.
   *
   * @param operations DynamoDB's operations.
   */
  statement(...operations: string[]): PolicyStatement {
    return tableStatement("UseRevocationTable", this.tableArn, operations);
  }
}
