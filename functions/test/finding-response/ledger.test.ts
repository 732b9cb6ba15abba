import { describe, expect, test } from "vitest";
import { createLedger, type Taken } from "../../src/finding-response/ledger.ts";
import { type AwsCall, AwsError } from "../../src/shared/aws.ts";
import { findingOf } from "../../src/shared/finding.ts";
import { findingEvent } from "../finding-notifier/events.ts";
import { AT, NOW } from "./support.ts";

/** A table that answers what the test says, in turn. packages/sandbox runs the conditions on a real table. */
function ledgerOf(...answers: (Record<string, unknown> | Error)[]) {
  const calls: AwsCall[] = [];
  const ledger = createLedger(
    async (call) => {
      calls.push(call);
      const answer = answers.shift() ?? {};
      if (answer instanceof Error) throw answer;
      return answer;
    },
    "responses",
    () => NOW,
  );
  return { ledger, calls };
}

const asks = (operation: string, input: Record<string, unknown>): AwsCall => ({
  service: "dynamodb",
  target: `DynamoDB_20120810.${operation}`,
  version: "1.0",
  input: { TableName: "responses", ...input },
});

const conflict = new AwsError("DynamoDB_20120810.PutItem", "ConditionalCheckFailedException");
const finding = findingOf(findingEvent("Trojan:Lambda/DropPoint"));
if (finding === undefined) throw new Error("no finding");
const KEY = "finding#123456789012#eu-west-1#16afba5c5c43e07c9e3e5e2e544e95df#quarantine#act";

const TAKEN: Taken = {
  measure: "quarantine",
  target: "prod-orders",
  earlier: "5",
  at: AT,
  until: 0,
  findingId: finding.id,
  findingType: finding.type,
};
const ROW = {
  id: { S: "measure#quarantine#prod-orders" },
  state: { S: "in force" },
  measure: { S: "quarantine" },
  target: { S: "prod-orders" },
  earlier: { S: "5" },
  at: { S: AT },
  until: { N: "0" },
  findingId: { S: finding.id },
  findingType: { S: finding.type },
};

describe("a claim", () => {
  test("is a conditional write, for a minute and a half", async () => {
    const { ledger, calls } = ledgerOf();
    const claimed = await ledger.claim(finding, "quarantine", "act");
    expect(claimed).toEqual({ is: "taken", token: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(calls).toEqual([
      asks("PutItem", {
        Item: {
          id: { S: KEY },
          workUntil: { N: String(NOW + 90) },
          claim: { S: claimed.is === "taken" && claimed.token },
          expiresAt: { N: String(NOW + 90 * 86_400) },
        },
        ConditionExpression: "attribute_not_exists(id) OR (workUntil > :done AND workUntil < :now)",
        ExpressionAttributeValues: { ":now": { N: String(NOW) }, ":done": { N: "0" } },
      }),
    ]);
  });

  test.each([
    ["done", { Item: { workUntil: { N: "0" } } }],
    ["busy", { Item: { workUntil: { N: String(NOW + 1) } } }],
    ["busy", { Item: {} }],
    ["busy", {}],
  ])("that is not taken says %s by the row %j", async (is, row) => {
    expect(await ledgerOf(conflict, row).ledger.claim(finding, "quarantine", "act")).toEqual({ is });
  });

  test("is settled for good, and given up only by its holder", async () => {
    const { ledger, calls } = ledgerOf({}, conflict);
    await ledger.settle(finding, "quarantine", "act");
    await ledger.abandon(finding, "quarantine", "act", "mine");
    expect(calls).toEqual([
      asks("PutItem", {
        Item: { id: { S: KEY }, workUntil: { N: "0" }, expiresAt: { N: String(NOW + 90 * 86_400) } },
      }),
      asks("DeleteItem", {
        Key: { id: { S: KEY } },
        ConditionExpression: "claim = :claim",
        ExpressionAttributeValues: { ":claim": { S: "mine" } },
      }),
    ]);
  });
});

test("measures are counted by the hour", async () => {
  const { ledger, calls } = ledgerOf({ Attributes: { measures: { N: "3" } } });
  expect(await ledger.count()).toBe(3);
  expect(calls).toEqual([
    asks("UpdateItem", {
      Key: { id: { S: "hour#2026-11-24T10" } },
      UpdateExpression: "ADD measures :one SET expiresAt = :expiry",
      ExpressionAttributeValues: { ":one": { N: "1" }, ":expiry": { N: String(NOW + 86_400) } },
      ReturnValues: "UPDATED_NEW",
    }),
  ]);
  expect(await ledgerOf({}).ledger.count()).toBeNaN();
  expect(await ledgerOf({ Attributes: {} }).ledger.count()).toBeNaN();
});

test("a measure is in force by its row's state", async () => {
  expect(await ledgerOf({ Item: ROW }).ledger.inForce("quarantine", "prod-orders")).toEqual(TAKEN);
  expect(
    await ledgerOf({ Item: { ...ROW, state: { S: "taken back" } } }).ledger.inForce("quarantine", "x"),
  ).toBeUndefined();
  expect(await ledgerOf({}).ledger.inForce("quarantine", "x")).toBeUndefined();
  expect(await ledgerOf({ Item: { id: ROW.id } }).ledger.inForce("quarantine", "x")).toBeUndefined();
});

test("a measure is begun with what there was, or goes on with what was written first", async () => {
  const fresh = ledgerOf();
  await fresh.ledger.begin(TAKEN);
  const Key = { id: ROW.id };
  const names = { "#state": "state", "#at": "at", "#until": "until" };
  const values = {
    ":inForce": { S: "in force" },
    ":at": { S: AT },
    ":until": { N: "0" },
    ":findingId": { S: finding.id },
    ":findingType": { S: "Trojan:Lambda/DropPoint" },
  };
  const anew = asks("UpdateItem", {
    Key,
    UpdateExpression:
      "SET #state = :inForce, #at = :at, #until = :until, findingId = :findingId, findingType = :findingType, " +
      "measure = :measure, target = :target, earlier = :earlier REMOVE expiresAt",
    ConditionExpression: "attribute_not_exists(id) OR #state <> :inForce",
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: {
      ...values,
      ":measure": { S: "quarantine" },
      ":target": { S: "prod-orders" },
      ":earlier": { S: "5" },
    },
  });
  expect(fresh.calls).toEqual([anew]);
  const known = ledgerOf(conflict);
  await known.ledger.begin(TAKEN);
  expect(known.calls).toEqual([
    anew,
    asks("UpdateItem", {
      Key,
      UpdateExpression:
        "SET #state = :inForce, #at = :at, #until = :until, findingId = :findingId, findingType = :findingType",
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: values,
    }),
  ]);
});

test("a measure that was taken back expires", async () => {
  const { ledger, calls } = ledgerOf();
  await ledger.end("quarantine", "prod-orders");
  expect(calls).toEqual([
    asks("UpdateItem", {
      Key: { id: ROW.id },
      UpdateExpression: "SET #state = :ended, expiresAt = :expiry",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":ended": { S: "taken back" }, ":expiry": { N: String(NOW + 90 * 86_400) } },
    }),
  ]);
});

test("all that is in force is read, page by page", async () => {
  const from = { id: ROW.id };
  const { ledger, calls } = ledgerOf({ Items: [ROW], LastEvaluatedKey: from }, {}, {});
  expect(await ledger.all()).toEqual([TAKEN]);
  const scan = {
    ConsistentRead: true,
    FilterExpression: "begins_with(id, :prefix) AND #state = :inForce",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: { ":prefix": { S: "measure#" }, ":inForce": { S: "in force" } },
  };
  expect(calls).toStrictEqual([asks("Scan", scan), asks("Scan", { ...scan, ExclusiveStartKey: from })]);
  expect(await ledgerOf({ Items: [{}] }).ledger.all()).toEqual([
    { measure: undefined, target: "", earlier: "", at: "", until: Number.NaN, findingId: "", findingType: "" },
  ]);
});
