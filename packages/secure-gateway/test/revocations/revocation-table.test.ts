import { recordStack, resolved } from "@palisade/testing";
import { expect, test } from "vitest";
import { RevocationTable, type RevocationTableArgs } from "../../src/index.ts";

const record = (args?: RevocationTableArgs) => recordStack(() => new RevocationTable("revoked", args));

test("one table: on demand, expiring, restorable, protected", async () => {
  const recording = await record();
  expect(recording.types()).toEqual({ "aws:dynamodb/table:Table": 1, "palisade:index:RevocationTable": 1 });
  expect(recording.one("aws:dynamodb/table:Table", "revoked-table").inputs).toEqual({
    attributes: [{ name: "id", type: "S" }],
    billingMode: "PAY_PER_REQUEST",
    deletionProtectionEnabled: true,
    hashKey: "id",
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
    tags: { "palisade:component": "RevocationTable", "palisade:name": "revoked" },
    ttl: { attributeName: "expiresAt", enabled: true },
  });
});

test("its options", async () => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/one";
  const recording = await record({
    kmsKeyArn,
    recoveryDays: 7,
    allowDeletion: "a stage to try things on",
    teamTags: { team: "identity" },
  });
  expect(recording.one("aws:dynamodb/table:Table").inputs).toMatchObject({
    deletionProtectionEnabled: false,
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 7 },
    serverSideEncryption: { enabled: true, kmsKeyArn },
    tags: { team: "identity", "palisade:lowered:deletion-protection": "a stage to try things on" },
  });
});

test.each<[RevocationTableArgs, string]>([
  [
    { allowDeletion: "why not" },
    'RevocationTable "revoked": allowDeletion is "why not"; allowed: a written reason of at least 10 characters; ' +
      "to fix it, say why the floor is lowered here; it becomes a tag that the policy pack reports",
  ],
  ...[0, 36, 1.5].map((recoveryDays): [RevocationTableArgs, string] => [
    { recoveryDays },
    `RevocationTable "revoked": recoveryDays is ${recoveryDays}; allowed: a whole number from 1 to 35; ` +
      "to fix it, set recoveryDays to one",
  ]),
])("refuses %j before anything is made", async (args, sentence) => {
  await expect(record(args)).rejects.toThrow(sentence);
});

test("its statement names the table and the operations that are asked for", async () => {
  const recording = await record();
  const table = recording.one("aws:dynamodb/table:Table");
  expect(await resolved(recording.result.statement("BatchGetItem"))).toEqual({
    sid: "UseRevocationTable",
    actions: ["dynamodb:BatchGetItem"],
    resources: [table.outputs.arn],
  });
  expect(recording.one("palisade:index:RevocationTable").outputs).toEqual({
    tableName: table.outputs.name,
    tableArn: table.outputs.arn,
  });
});
