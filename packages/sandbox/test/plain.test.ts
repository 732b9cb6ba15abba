import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { keepSecrets, plain } from "../src/plain.ts";

const secret = (value: unknown) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });

test("secrets are unwrapped at every depth, assets kept", () => {
  const asset = new pulumi.asset.StringAsset("text");
  expect(plain({ a: secret("b"), list: [secret({ c: 1 }), null], asset, n: 1 })).toEqual({
    a: "b",
    list: [{ c: 1 }, null],
    asset,
    n: 1,
  });
  expect((plain({ asset }) as { asset: unknown }).asset).toBe(asset);
});

test("what was secret among the inputs is secret in the state", async () => {
  const inputs = {
    password: secret("p"),
    environment: { variables: { A: secret("a") } },
    name: "n",
    gone: secret("g"),
  };
  const state = keepSecrets({ password: "p", environment: {}, name: "n" }, inputs);
  expect(await pulumi.isSecret(state.password as pulumi.Output<string>)).toBe(true);
  expect(await pulumi.isSecret(state.environment as pulumi.Output<object>)).toBe(true);
  expect(state.name).toBe("n");
  expect(Object.keys(state)).toEqual(["password", "environment", "name"]);
});
