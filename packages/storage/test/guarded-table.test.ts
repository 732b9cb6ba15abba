import { recordStack } from "@palisade/testing";
import { expect, it } from "vitest";
import { type GuardedTableArgs, guardedTable, tableStatement } from "../src/index.ts";
import { Owner } from "./support.ts";

const record = (args: Partial<GuardedTableArgs> = {}) =>
  recordStack(
    () => new Owner("keys", (parent) => guardedTable("keys", { tags: { team: "orders" }, ...args }, { parent })),
  );

it("is paid by request, expiring, restorable, protected", async () => {
  expect((await record()).one("aws:dynamodb/table:Table", "keys-table").inputs).toEqual({
    attributes: [{ name: "id", type: "S" }],
    billingMode: "PAY_PER_REQUEST",
    deletionProtectionEnabled: true,
    hashKey: "id",
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 35 },
    tags: { team: "orders" },
    ttl: { attributeName: "expiresAt", enabled: true },
  });
});

it("takes a key, days, and that it may be deleted", async () => {
  const kmsKeyArn = "arn:aws:kms:eu-central-1:111122223333:key/1";
  const recording = await record({ kmsKeyArn, recoveryDays: 7, deletable: true });

  expect(recording.one("aws:dynamodb/table:Table").inputs).toMatchObject({
    deletionProtectionEnabled: false,
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: 7 },
    serverSideEncryption: { enabled: true, kmsKeyArn },
  });
});

it("is used by a statement that names it and the operations", () => {
  expect(tableStatement("UseKeys", "arn:of:table", ["GetItem", "PutItem"])).toEqual({
    sid: "UseKeys",
    actions: ["dynamodb:GetItem", "dynamodb:PutItem"],
    resources: ["arn:of:table"],
  });
});
