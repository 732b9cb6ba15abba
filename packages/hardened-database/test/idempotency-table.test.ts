import { recordStack, resolved } from "@palisade/testing";
import { expect, test } from "vitest";
import { IdempotencyTable, type IdempotencyTableArgs } from "../src/index.ts";

const record = (args?: IdempotencyTableArgs) => recordStack(() => new IdempotencyTable("keys", args));

test("one table: on demand, expiring, restorable, protected", async () => {
  const recording = await record();
  expect(recording.types()).toEqual({ "aws:dynamodb/table:Table": 1, "palisade:index:IdempotencyTable": 1 });
  expect(recording.one("aws:dynamodb/table:Table", "keys-table").inputs).toEqual({
    attributes: [{ name: "id", type: "S" }],
    billingMode: "PAY_PER_REQUEST",
    deletionProtectionEnabled: true,
    hashKey: "id",
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
    tags: { "palisade:component": "IdempotencyTable", "palisade:name": "keys" },
    ttl: { attributeName: "expiresAt", enabled: true },
  });
});

test("its options", async () => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/one";
  const recording = await record({
    kmsKeyArn,
    recoveryDays: 7,
    allowDeletion: "a stage to try things on",
    teamTags: { team: "orders" },
  });
  expect(recording.one("aws:dynamodb/table:Table").inputs).toMatchObject({
    deletionProtectionEnabled: false,
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 7 },
    serverSideEncryption: { enabled: true, kmsKeyArn },
    tags: { team: "orders", "palisade:lowered:deletion-protection": "a stage to try things on" },
  });
});

test("a deletable table needs a reason", async () => {
  await expect(record({ allowDeletion: "" })).rejects.toThrow(
    'IdempotencyTable "keys": allowDeletion is ""; allowed: a written reason of at least 10 characters',
  );
});

test("its statement names the table and the operations that are asked for", async () => {
  const recording = await record();
  const table = recording.one("aws:dynamodb/table:Table");
  expect(await resolved(recording.result.statement("GetItem", "PutItem"))).toEqual({
    sid: "UseIdempotencyTable",
    actions: ["dynamodb:GetItem", "dynamodb:PutItem"],
    resources: [table.outputs.arn],
  });
  expect(recording.one("palisade:index:IdempotencyTable").outputs).toEqual({
    tableName: table.outputs.name,
    tableArn: table.outputs.arn,
  });
});
