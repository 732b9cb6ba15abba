import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preparePeople, refreshPeople } from "../src/people.ts";
import { fakeStage } from "./fake-stage.ts";

const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
let server: Server;
let emulatorUrl: string;
let kid = "pool-key";

beforeAll(async () => {
  server = createServer((request, response) => {
    const keys =
      request.url === "/us-east-1_Pool/.well-known/jwks.json" ? [{ ...publicKey.export({ format: "jwk" }), kid }] : [];
    response.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  emulatorUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A pool whose tokens are numbered and have expired. */
function stage(outputs: Record<string, unknown> = {}) {
  let tokens = 0;
  const fake = fakeStage({
    outputs,
    command: ({ name }) => {
      if (name !== "AdminInitiateAuth") return {};
      tokens += 1;
      const AccessToken = `${encode({ kid: "pool-key" })}.${encode({ sub: "carol", exp: 1, jti: tokens })}.s`;
      return { AuthenticationResult: { AccessToken, IdToken: "id" } };
    },
  });
  return Object.assign(fake, { emulatorUrl });
}

describe("the people of a stage", () => {
  it("are signed in, and a forger has the pool's published key and an expired token", async () => {
    const people = await preparePeople(stage());
    expect(Object.keys(people.users)).toEqual(["alice", "bob", "carol"]);
    expect(people.forge.template).toBe(people.users.carol.accessToken);
    expect(await people.forge.expired()).not.toBe(people.forge.template);
    expect(people.forge.algNone({ sub: "x" }).split(".")[0]).toBe(encode({ alg: "none", kid: "pool-key" }));
  });

  it("get other tokens when they are refreshed; the forger's keys stay", async () => {
    const one = stage();
    const before = await preparePeople(one);
    const after = await refreshPeople(one, before);
    expect(after.users.alice.accessToken).not.toBe(before.users.alice.accessToken);
    expect(after.forge.template).toBe(after.users.carol.accessToken);
    expect(await after.forge.expired()).not.toBe(await before.forge.expired());
    expect(after.forge.unknownKid).toBe(before.forge.unknownKid);
  });

  it("need a pool that publishes the key of its tokens", async () => {
    kid = "another-key";
    await expect(preparePeople(stage())).rejects.toThrow(
      "user pool us-east-1_Pool does not publish the key pool-key of its own token",
    );
    kid = "pool-key";
  });

  it.each([["userPoolId"], ["clientIds"]])("need the stage's %s", async (name) => {
    await expect(preparePeople(stage({ [name]: undefined }))).rejects.toThrow("the outputs of prod name no user pool");
  });
});
