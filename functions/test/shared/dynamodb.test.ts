import { expect, test } from "vitest";
import { type AwsCall, AwsError } from "../../src/shared/aws.ts";
import { openTable } from "../../src/shared/dynamodb.ts";

function tableThat(answers: () => Record<string, unknown>) {
  const calls: AwsCall[] = [];
  const table = openTable(async (call) => {
    calls.push(call);
    return answers();
  }, "orders");
  return { calls, table };
}
const failing = (error: unknown) =>
  tableThat(() => {
    throw error;
  });

test("a call is one of DynamoDB's API, of the table", async () => {
  const { calls, table } = tableThat(() => ({ Attributes: {} }));
  expect(await table.send("DeleteItem", { Key: { id: { S: "a" } } })).toEqual({ Attributes: {} });
  expect(calls).toEqual([
    {
      service: "dynamodb",
      target: "DynamoDB_20120810.DeleteItem",
      version: "1.0",
      input: { TableName: "orders", Key: { id: { S: "a" } } },
    },
  ]);
});

test("an item is read as it is now", async () => {
  const { calls, table } = tableThat(() => ({ Item: { id: { S: "a" } } }));
  expect(await table.read("a")).toEqual({ id: { S: "a" } });
  expect(calls[0]?.input).toEqual({ TableName: "orders", Key: { id: { S: "a" } }, ConsistentRead: true });
  expect(await tableThat(() => ({})).table.read("a")).toBeUndefined();
});

test("a condition holds, does not, or is not known", async () => {
  expect(await tableThat(() => ({})).table.sendIf("PutItem", {})).toBe(true);
  expect(await failing(new AwsError("x", "ConditionalCheckFailedException")).table.sendIf("PutItem", {})).toBe(false);
  for (const error of [
    new AwsError("x", "ProvisionedThroughputExceededException"),
    Object.assign(new Error("lost"), { code: "ConditionalCheckFailedException" }),
  ]) {
    await expect(failing(error).table.sendIf("PutItem", {})).rejects.toBe(error);
  }
});
