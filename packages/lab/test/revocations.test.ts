import { expect, it } from "vitest";
import { revokeTokens } from "../src/revocations.ts";
import { fakeStage } from "./fake-stage.ts";
import { USERS } from "./support.ts";

it("refuses a user's tokens up to now, and lets them be good again", async () => {
  const stage = fakeStage({ outputs: { revocationTable: "revoked" } });
  const before = Math.floor(Date.now() / 1000);
  const undo = await revokeTokens(stage, USERS.bob.accessToken);
  const [put] = stage.commands as [
    { name: string; input: { TableName: string; Item: Record<string, { N?: string }> } },
  ];
  expect(put).toMatchObject({ name: "PutItem", input: { TableName: "revoked", Item: { id: { S: "user#sub-bob" } } } });
  const { notBefore, expiresAt } = put.input.Item;
  expect(Number(notBefore?.N) - before).toBeGreaterThanOrEqual(1);
  expect(Number(expiresAt?.N) - Number(notBefore?.N)).toBe(3599);
  await undo();
  expect(stage.commands[1]).toEqual({
    name: "DeleteItem",
    input: { TableName: "revoked", Key: { id: { S: "user#sub-bob" } } },
  });
});

it("does nothing where there is no table", async () => {
  const stage = fakeStage();
  await (await revokeTokens(stage, USERS.bob.accessToken))();
  expect(stage.commands).toEqual([]);
});
