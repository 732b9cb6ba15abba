import type * as pulumi from "@pulumi/pulumi";

/** What a `RevocationTable` takes. */
export interface RevocationTableArgs {
  /** ARN of a KMS key. The default is none: DynamoDB's own key encrypts the table. */
  kmsKeyArn?: pulumi.Input<string>;

  /**
   * Days back to which the table can be restored, a whole number from 1 to 35. Must be a literal. The default is 35.
   *
   * @default 35
   */
  recoveryDays?: number;

  /**
   * A written reason to let the table be deleted: turns deletion protection off, and with the table every token that was revoked and has not
   * ended is good again. The reason becomes the tag `palisade:lowered:deletion-protection`. Must be a literal. The default is none, the table
   * is protected.
   */
  allowDeletion?: string;

  /** Tags of the table, beside Palisade's own. The default is none. */
  teamTags?: Record<string, pulumi.Input<string>>;
}
