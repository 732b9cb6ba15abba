import { describe, expect, test } from "vitest";
import { createFindingStore } from "../../src/finding-notifier/store.ts";
import { type AwsCall, AwsError } from "../../src/shared/aws.ts";
import { findingOf } from "../../src/shared/finding.ts";
import { findingEvent } from "./events.ts";

const NOW = Date.UTC(2026, 10, 24, 10, 30) / 1000;

/** A table that answers what the test says, and keeps the calls. packages/sandbox runs the store's conditions on a real table. */
function storeOf(answers: Record<string, Record<string, unknown> | Error> = {}) {
  const calls: AwsCall[] = [];
  const store = createFindingStore(
    async (call) => {
      calls.push(call);
      const answer = answers[call.target.split(".")[1] as string] ?? {};
      if (answer instanceof Error) throw answer;
      return answer;
    },
    "notifications",
    () => NOW,
  );
  return { store, calls };
}

const conflict = new AwsError("DynamoDB_20120810.PutItem", "ConditionalCheckFailedException");
const lost = new Error("lost");
const finding = findingOf(findingEvent("Trojan:Lambda/DropPoint"));
if (finding === undefined) throw new Error("no finding");
const KEY = "finding#123456789012#eu-west-1#16afba5c5c43e07c9e3e5e2e544e95df";

describe("a claim", () => {
  test("is a conditional write of the finding's row, for a minute", async () => {
    const { store, calls } = storeOf();
    expect(await store.claim(finding)).toBe("taken");
    expect(calls).toEqual([
      {
        service: "dynamodb",
        target: "DynamoDB_20120810.PutItem",
        version: "1.0",
        input: {
          TableName: "notifications",
          Item: {
            id: { S: KEY },
            severity: { N: "8" },
            workUntil: { N: String(NOW + 60) },
            expiresAt: { N: String(NOW + 86_400) },
          },
          ConditionExpression:
            "attribute_not_exists(id) OR expiresAt < :now OR (workUntil = :done AND severity < :severity) OR (workUntil > :done AND workUntil < :now)",
          ExpressionAttributeValues: { ":now": { N: String(NOW) }, ":done": { N: "0" }, ":severity": { N: "8" } },
        },
      },
    ]);
  });

  test.each([
    ["sent", { Item: { workUntil: { N: "0" } } }],
    ["busy", { Item: { workUntil: { N: String(NOW + 1) } } }],
    ["busy", { Item: {} }],
    ["busy", {}],
  ])("that is not taken says %s by the row %j", async (claimed, row) => {
    const { store, calls } = storeOf({ PutItem: conflict, GetItem: row });
    expect(await store.claim(finding)).toBe(claimed);
    expect(calls[1]?.input).toMatchObject({ Key: { id: { S: KEY } }, ConsistentRead: true });
  });

  test("fails as the table does", async () => {
    await expect(storeOf({ PutItem: lost }).store.claim(finding)).rejects.toBe(lost);
    const busy = new AwsError("DynamoDB_20120810.PutItem", "ThrottlingException");
    await expect(storeOf({ PutItem: busy }).store.claim(finding)).rejects.toBe(busy);
  });
});

test("what is done is marked by 0, and what is released is deleted", async () => {
  const { store, calls } = storeOf();
  await store.done(finding);
  await store.release(finding);
  expect(calls[0]?.input).toMatchObject({ Item: { id: { S: KEY }, workUntil: { N: "0" } } });
  expect(calls[1]).toMatchObject({ target: "DynamoDB_20120810.DeleteItem", input: { Key: { id: { S: KEY } } } });
});

test("messages are counted by the hour, and taken back", async () => {
  const { store, calls } = storeOf({ UpdateItem: { Attributes: { messages: { N: "7" } } } });
  expect(await store.count(false)).toBe(7);
  await store.uncount(true);
  expect(calls.map(({ input }) => input.Key)).toEqual(
    ["", "#urgent"].map((kind) => ({ id: { S: `sent#2026-11-24T10${kind}` } })),
  );
  expect(calls.map(({ input }) => (input.ExpressionAttributeValues as Record<string, unknown>)[":difference"])).toEqual(
    [{ N: "1" }, { N: "-1" }],
  );
});

test("a count that cannot be read holds nothing back", async () => {
  // Not a number is not more than the limit: a message too many is better than none.
  expect(await storeOf().store.count(false)).toBeNaN();
  expect(await storeOf({ UpdateItem: { Attributes: {} } }).store.count(false)).toBeNaN();
});

test("a finding is held under its type in the hour's digest", async () => {
  const { store, calls } = storeOf();
  await store.hold(finding.type);
  expect(calls[0]?.target).toBe("DynamoDB_20120810.UpdateItem");
  expect(calls[0]?.input).toMatchObject({
    Key: { id: { S: "held#2026-11-24T10" } },
    UpdateExpression: "ADD #type :one, findings :one SET expiresAt = :expiry",
    ExpressionAttributeNames: { "#type": "type:Trojan:Lambda/DropPoint" },
    ExpressionAttributeValues: { ":one": { N: "1" }, ":expiry": { N: String(NOW + 7 * 86_400) } },
  });
});

test("a digest is read by the hour, and forgotten only as it was read", async () => {
  const row = {
    id: { S: "x" },
    "type:A": { N: "2" },
    "type:B": { N: "3" },
    findings: { N: "5" },
    expiresAt: { N: "9" },
  };
  const { store, calls } = storeOf({ GetItem: { Item: row } });
  const held = await store.held(11);
  expect(calls[0]?.input).toMatchObject({ Key: { id: { S: "held#2026-11-23T23" } }, ConsistentRead: true });
  expect(held).toEqual({ hour: "2026-11-23T23", counts: { A: 2, B: 3 } });
  if (held === undefined) throw new Error("nothing held");
  expect(await store.forget(held)).toBe(true);
  expect(calls[1]?.input).toMatchObject({
    Key: { id: { S: "held#2026-11-23T23" } },
    ConditionExpression: "findings = :findings",
    ExpressionAttributeValues: { ":findings": { N: "5" } },
  });
  expect(await storeOf({ DeleteItem: conflict }).store.forget(held)).toBe(false);
  expect(await storeOf().store.held(1)).toBeUndefined();
});
