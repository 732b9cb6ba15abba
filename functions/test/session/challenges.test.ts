import { expect, test } from "vitest";
import { createChallenges } from "../../src/session/challenges.ts";
import { sessionAws } from "../support/session-aws.ts";

const CHALLENGE = { name: "SOFTWARE_TOKEN_MFA", session: "s", username: "alice" };
const ID = "a".repeat(43);
const ROW = {
  id: { S: `challenge#${ID}` },
  name: { S: CHALLENGE.name },
  session: { S: CHALLENGE.session },
  username: { S: CHALLENGE.username },
  expiresAt: { N: "1180" },
};

function challengesWith(row?: object, now = 1000) {
  const aws = sessionAws();
  if (row !== undefined) aws.rows.set(`challenge#${ID}`, row as typeof ROW);
  return { aws, ...createChallenges(aws.call, "sessions", () => now) };
}

test("a sign-in is taken away by its id, once, with one call", async () => {
  const { aws, take } = challengesWith(ROW);
  expect(await take(ID)).toEqual(CHALLENGE);
  expect(aws.calls.map(({ target, input }) => [target, input])).toEqual([
    [
      "DynamoDB_20120810.DeleteItem",
      { TableName: "sessions", Key: { id: { S: `challenge#${ID}` } }, ReturnValues: "ALL_OLD" },
    ],
  ]);
  expect(await take(ID)).toBeUndefined();
});

test("one is good in the second that it expires in, and not in the next", async () => {
  expect(await challengesWith(ROW, 1180).take(ID)).toEqual(CHALLENGE);
  expect(await challengesWith(ROW, 1181).take(ID)).toBeUndefined();
});

test.each(["name", "session", "username", "expiresAt"])("a row without its %s is none", async (attribute) => {
  expect(await challengesWith({ ...ROW, [attribute]: undefined }).take(ID)).toBeUndefined();
  expect(await challengesWith({ ...ROW, [attribute]: {} }).take(ID)).toBeUndefined();
});

test.each(["", "x", `${ID}a`, "a".repeat(42), `${"a".repeat(42)}#`, `user#${"a".repeat(43)}`])(
  "nobody is asked for the id %j, which is none of ours",
  async (id) => {
    const { aws, take } = challengesWith();
    expect(await take(id)).toBeUndefined();
    expect(aws.calls).toEqual([]);
  },
);
