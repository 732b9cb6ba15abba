import { beforeEach, expect, test } from "vitest";
import { AwsError } from "../../../src/shared/aws.ts";
import {
  createRefreshLedger,
  type RefreshLedger,
  type TokenFamily,
} from "../../../src/shared/defences/refresh-reuse.ts";
import { refusalOfPromise } from "../../support/refusals.ts";
import { type SessionAws, sessionAws } from "../../support/session-aws.ts";

let aws: SessionAws;
let reused: TokenFamily[];
let clock: number;
let ledger: RefreshLedger;

beforeEach(() => {
  aws = sessionAws();
  reused = [];
  clock = 1000;
  ledger = createRefreshLedger({
    call: aws.call,
    table: "t",
    onReuse: async (family) => void reused.push(family),
    tokenSeconds: 60,
    now: () => clock,
  });
});

test("a token is used once, and two tokens have nothing to do with each other", async () => {
  await ledger.spend("one");
  await ledger.spend("two");
  expect(await refusalOfPromise(ledger.spend("one"))).toEqual({
    defence: "refresh-reuse",
    status: 409,
    detail: "The session was refreshed at the same time. Use the newer one.",
  });
  expect(aws.asked("PutItem")[0]).toEqual({
    TableName: "t",
    Item: {
      id: { S: "refresh#7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed" },
      usedAt: { N: "1000" },
      expiresAt: { N: "1060" },
    },
    ConditionExpression: "attribute_not_exists(id)",
  });
});

test("ends the sign-in of a token that comes again later", async () => {
  await ledger.spend("one");
  await ledger.remember("one", { originJti: "o" });
  clock += 10;
  expect(await refusalOfPromise(ledger.spend("one"))).toMatchObject({ status: 409 });
  expect(reused).toEqual([]);
  clock += 1;
  expect(await refusalOfPromise(ledger.spend("one"))).toEqual({
    defence: "refresh-reuse",
    status: 401,
    detail: "The session has ended. Sign in again.",
  });
  expect(reused).toEqual([{ originJti: "o" }]);
});

test("refuses also where the row of another request goes meanwhile, or has no time", async () => {
  await ledger.spend("one");
  aws.answers.GetItem = {};
  expect(await refusalOfPromise(ledger.spend("one"))).toMatchObject({ status: 409 });
  aws.answers.GetItem = { Item: {} };
  expect(await refusalOfPromise(ledger.spend("one"))).toMatchObject({ status: 401 });
  expect(reused).toEqual([]);
});

test("a token that is given back can be used", async () => {
  await ledger.spend("one");
  await ledger.release("one");
  await ledger.spend("one");
});

test("lets nothing pass where the table cannot be written", async () => {
  for (const error of [new AwsError("PutItem", "ResourceNotFoundException"), new Error("lost")]) {
    aws.answers.PutItem = error;
    await expect(ledger.spend("one")).rejects.toBe(error);
  }
});
