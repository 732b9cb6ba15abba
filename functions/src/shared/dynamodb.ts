import { type AwsCaller, AwsError } from "./aws.ts";

/** A value of an item, as DynamoDB's API writes it. */
export interface AttributeValue {
  S?: string;
  N?: string;
  /** Base64. */
  B?: string;
}

/** An item of a table. Nothing says which attributes it has. */
export type Item = Partial<Record<string, AttributeValue>>;

/** One table whose key is the string `id`. Every call rejects as the caller does. */
export interface DynamoTable {
  /** Makes a call of DynamoDB's API for the table, e.g. `PutItem`. */
  send(operation: string, input: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Makes a call that has a condition. @returns whether it held */
  sendIf(operation: string, input: Record<string, unknown>): Promise<boolean>;
  /** Reads an item as it is now. @returns undefined when there is none */
  read(id: string): Promise<Item | undefined>;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/Welcome.html */
export function openTable(call: AwsCaller, table: string): DynamoTable {
  const send: DynamoTable["send"] = (operation, input) =>
    call({
      service: "dynamodb",
      target: `DynamoDB_20120810.${operation}`,
      version: "1.0",
      input: { TableName: table, ...input },
    });
  return {
    send,
    async sendIf(operation, input) {
      try {
        await send(operation, input);
        return true;
      } catch (error) {
        if (error instanceof AwsError && error.code === "ConditionalCheckFailedException") return false;
        throw error;
      }
    },
    async read(id) {
      const { Item: item } = await send("GetItem", { Key: { id: { S: id } }, ConsistentRead: true });
      return item as Item | undefined;
    },
  };
}
