import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { developerOf } from "../src/developer.ts";
import type { Exchange } from "../src/exchange.ts";
import { handler, REPLACED_CODE_SAYS } from "../src/replaced-code.ts";
import { type FakeCommand, fakeStage } from "./fake-stage.ts";

let bundleDirectory: string;
beforeAll(async () => {
  bundleDirectory = await mkdtemp(join(tmpdir(), "lab-developer-"));
  vi.stubGlobal("fetch", async () => new Response("the code before"));
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await rm(bundleDirectory, { recursive: true });
});

const teamRoleArns = { catalog: "arn:aws:iam::1:role/catalog" };

async function developer(tags?: Record<string, string>) {
  const command = ({ name }: FakeCommand) => {
    if (name === "GetFunction")
      return { Code: { Location: "http://127.0.0.1/code" }, Configuration: { FunctionArn: "arn:f" }, Tags: tags };
    return name === "ListAliases" ? { Aliases: [{ Name: "live", FunctionVersion: "1" }] } : {};
  };
  const stage = Object.assign(fakeStage({ outputs: { teamRoleArns }, command }), { bundleDirectory });
  const kept: Exchange[] = [];
  // Nobody listens there: what the developer sends fails, and is kept.
  const settings = { emulatorUrl: "http://127.0.0.1:1", region: "us-east-1", purpose: "attack" as const };
  return {
    stage,
    kept,
    one: await developerOf(stage, "catalog", { ...settings, keep: (exchange) => kept.push(exchange) }),
  };
}

it("works with the role that the stage made for the team", async () => {
  const { stage, one } = await developer();
  expect(stage.commands[0]).toEqual({
    name: "AssumeRole",
    input: { RoleArn: "arn:aws:iam::1:role/catalog", RoleSessionName: "developer" },
  });
  await one.close();
  await expect(developerOf(fakeStage(), "catalog", {} as never)).rejects.toThrow(
    "the outputs of prod name no role of the team catalog",
  );
});

it("keeps each call as evidence, with AWS's error, and undoes nothing that was not done", async () => {
  const { stage, kept, one } = await developer();
  expect((await one.replaceCode("orders")).ok).toBe(false);
  expect((await one.deployOwnCode("orders")).ok).toBe(false);
  expect(kept.map(({ via, request }) => [via, request.client, request.path])).toEqual([
    ["aws", "a developer of the team catalog", "/lambda:UpdateFunctionCode orders"],
    ["aws", "a developer of the team catalog", "/lambda:UpdateFunctionCode orders"],
  ]);
  await one.close();
  expect(stage.commands.filter(({ name }) => name.startsWith("Update"))).toEqual([]);
});

it.each([
  [
    { "palisade:team": "orders" },
    { name: "TagResource", input: { Resource: "arn:f", Tags: { "palisade:team": "orders" } } },
  ],
  [undefined, { name: "UntagResource", input: { Resource: "arn:f", TagKeys: ["palisade:team"] } }],
])("puts the tag back as it was: %j", async (tags, undone) => {
  const { stage, one } = await developer(tags);
  await one.retag("orders", "catalog");
  expect(await one.teamOf("orders")).toBe(tags?.["palisade:team"]);
  await one.close();
  expect(stage.commands.at(-1)).toEqual(undone);
});

it("says where the replaced code's answer comes from", async () => {
  expect(JSON.parse((await handler()).body)).toEqual({ servedBy: REPLACED_CODE_SAYS });
});
