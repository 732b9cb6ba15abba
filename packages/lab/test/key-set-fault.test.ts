import { expect, it } from "vitest";
import { withholdKeySet } from "../src/key-set-fault.ts";
import { type FakeCommand, fakeStage } from "./fake-stage.ts";

const answering = {
  command: ({ name }: FakeCommand) => {
    if (name === "GetFunctionConfiguration")
      return { Environment: { Variables: { USER_POOL_ID: "p", JWKS_URI: "here" } } };
    if (name === "ListAliases") return { Aliases: [{ Name: "live", FunctionVersion: "7" }] };
    return name === "PublishVersion" ? { Version: "8" } : {};
  },
};

it.each(["down", "slow"] as const)(
  "sends a new process of the authorizer to a key set that is %s, and back",
  async (fault) => {
    const stage = fakeStage(answering);
    const giveBack = await withholdKeySet(stage, fault);
    const variables = () =>
      stage.commands
        .filter(({ name }) => name === "UpdateFunctionConfiguration")
        .map(({ input }) => (input.Environment as { Variables: Record<string, string> }).Variables);
    const uri = String(variables()[0]?.JWKS_URI);
    expect(uri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/keys$/);
    const asked = await fetch(uri, { signal: AbortSignal.timeout(200) }).catch((error: Error) => error.name);
    expect(asked).toBe(fault === "down" ? "TypeError" : "TimeoutError");
    const moved = () =>
      stage.commands
        .filter(({ name }) => name === "UpdateAlias")
        .map(({ input }) => [input.Name, input.FunctionVersion]);
    expect(moved()).toEqual([["live", "8"]]);
    await giveBack();
    expect(moved()[1]).toEqual(["live", "7"]);
    expect(variables()[1]).toEqual({ USER_POOL_ID: "p", JWKS_URI: "here" });
  },
);

it("keeps nothing from a stage without an authorizer", async () => {
  const stage = fakeStage({ outputs: { functions: {} } });
  await (await withholdKeySet(stage, "slow"))();
  expect(stage.commands).toEqual([]);
});
