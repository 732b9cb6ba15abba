import { expect, test } from "vitest";
import type { AwsCall } from "../../src/shared/aws.ts";
import { createRevoker } from "../../src/shared/revocations.ts";

test("writes the row of a sign-in and the row of a user", async () => {
  const calls: AwsCall[] = [];
  const revoker = createRevoker(async (call) => {
    calls.push(call);
    return {};
  }, "revoked");
  await revoker.revokeSession("origin", 2000);
  await revoker.revokeUser("alice", 1000, 3000);
  expect(calls).toEqual(
    [
      { id: { S: "session#origin" }, expiresAt: { N: "2000" } },
      { id: { S: "user#alice" }, notBefore: { N: "1000" }, expiresAt: { N: "3000" } },
    ].map((Item) => ({
      service: "dynamodb",
      target: "DynamoDB_20120810.PutItem",
      version: "1.0",
      input: { TableName: "revoked", Item },
    })),
  );
});

test("says when a row could not be written", async () => {
  const revoker = createRevoker(() => Promise.reject(new Error("no")), "revoked");
  await expect(revoker.revokeSession("origin", 2000)).rejects.toThrow("no");
});
