import { DeleteItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { RunningStage } from "./stage.ts";
import { claimsOf } from "./tokens.ts";

/**
 * What an administrator does with a user's tokens: the row of docs/architecture.md, "Revocations", with AWS's own tools. Where the stage has no
 * table, there is nothing that anybody could do.
 *
 * @returns lets the tokens be good again: the lab's other attacks use them
 */
export async function revokeTokens(stage: RunningStage, accessToken: string): Promise<() => Promise<void>> {
  const { revocationTable: TableName } = stage.outputs;
  if (TableName === undefined) return async () => {};
  const { dynamodb } = stage.clients;
  const id = { S: `user#${claimsOf(accessToken).sub}` };
  const seconds = Math.floor(Date.now() / 1000);
  // The first second whose tokens are good is the next one.
  const Item = { id, notBefore: { N: String(seconds + 1) }, expiresAt: { N: String(seconds + 3600) } };
  await dynamodb.send(new PutItemCommand({ TableName, Item }));
  return async () => {
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: { id } }));
  };
}
