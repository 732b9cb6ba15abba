import { describe, expect, test } from "vitest";
import { createRevocationCheck } from "../../../src/authorizer/defences/revocation.ts";
import { type AwsCall, AwsError } from "../../../src/shared/aws.ts";
import { DependencyFault, Refusal } from "../../../src/shared/refusal.ts";

const claims = { sub: "alice", iat: 1000, exp: 4600, origin_jti: "first" };
const answering =
  (...rows: object[]) =>
  async () => ({ Responses: { revoked: rows }, UnprocessedKeys: {} });
const revoked = new Refusal({
  layer: "authorizer",
  defence: "revocation",
  status: 401,
  detail: "The token has been revoked.",
});

describe("a token", () => {
  test("is looked up by its user and its sign-in, in one consistent read of at most a second", async () => {
    const calls: AwsCall[] = [];
    await createRevocationCheck(async (call) => {
      calls.push(call);
      return { Responses: { revoked: [] } };
    }, "revoked")(claims);
    expect(calls).toEqual([
      {
        service: "dynamodb",
        target: "DynamoDB_20120810.BatchGetItem",
        version: "1.0",
        milliseconds: 1000,
        input: {
          RequestItems: {
            revoked: { Keys: [{ id: { S: "user#alice" } }, { id: { S: "session#first" } }], ConsistentRead: true },
          },
        },
      },
    ]);
  });

  test("without a sign-in of its own is looked up by its user alone", async () => {
    const asked: unknown[] = [];
    const { origin_jti: _, ...others } = claims;
    await createRevocationCheck(async ({ input }) => {
      asked.push(input);
      return { Responses: { revoked: [] } };
    }, "revoked")(others);
    expect(asked).toEqual([
      { RequestItems: { revoked: { Keys: [{ id: { S: "user#alice" } }], ConsistentRead: true } } },
    ]);
  });

  test("is good where nobody has revoked anything, and where it is younger", async () => {
    await createRevocationCheck(answering(), "revoked")(claims);
    await createRevocationCheck(answering({ id: { S: "user#alice" }, notBefore: { N: "1000" } }), "revoked")(claims);
    const { origin_jti: _, ...others } = claims;
    await createRevocationCheck(answering(), "revoked")(others);
  });

  test.each<[string, object[]]>([
    ["its user's older tokens were", [{ id: { S: "user#alice" }, notBefore: { N: "1001" } }]],
    ["its sign-in was", [{ id: { S: "session#first" }, expiresAt: { N: "1" } }]],
    [
      "its sign-in was, and its user's tokens of long ago",
      [{ id: { S: "user#alice" }, notBefore: { N: "1" } }, { id: { S: "session#first" } }],
    ],
    ["its sign-in was, by a row with a time of long ago,", [{ id: { S: "session#first" }, notBefore: { N: "1" } }]],
    ["its user's row has no time", [{ id: { S: "user#alice" } }]],
    ["its user's row has another time", [{ id: { S: "user#alice" }, notBefore: { N: "soon" } }]],
  ])("is refused where %s revoked", async (_what, rows) => {
    await expect(createRevocationCheck(answering(...rows), "revoked")(claims)).rejects.toEqual(revoked);
  });

  test.each<[string, () => Promise<Record<string, unknown>>]>([
    ["an error", () => Promise.reject(new AwsError("x", "ProvisionedThroughputExceededException"))],
    ["no answer", () => Promise.reject(new DependencyFault("dynamodb", new TypeError("fetch failed")))],
    ["a refusal of IAM", () => Promise.reject(new Refusal({ layer: "iam", defence: "role", status: 500, detail: "" }))],
    ["keys that were not read", async () => ({ Responses: { revoked: [] }, UnprocessedKeys: { revoked: {} } })],
    ["another table", async () => ({ Responses: { other: [] } })],
    ["nothing", async () => ({})],
    ["the row of another key", answering({ id: { S: "user#bob" } })],
    ["a row without a key", answering({})],
    ["no row", async () => ({ Responses: { revoked: [null] } })],
  ])("is not taken for good where the table answers with %s", async (_what, call) => {
    await expect(createRevocationCheck(call, "revoked")(claims)).rejects.toMatchObject({
      name: "DependencyFault",
      dependency: "dynamodb",
    });
  });
});
