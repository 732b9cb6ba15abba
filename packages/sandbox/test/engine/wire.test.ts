import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { comparable, handlerValue, holdsSecret, secret, stateOnWire, UNKNOWN } from "../../src/engine/wire.ts";

/** Wire values are made by Pulumi's own serializer, so that the signatures here are its and not ours. */
async function onWire(value: unknown): Promise<unknown> {
  pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "id", state: inputs }), call: () => ({}) });
  const { value: wire } = (await pulumi.runtime.serializeProperties("test", { value })) as { value: unknown };
  return wire;
}

const output = (fields: object) => ({
  "4dabf18193072939515e22adb298388d": "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  ...fields,
});
const reference = (fields: object) => ({
  "4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e",
  ...fields,
});

describe("comparable", () => {
  it("opens secrets and outputs at every depth and leaves out what has no value", async () => {
    const value = { list: [secret({ a: secret(1), none: undefined })], known: output({ value: "x" }), nothing: null };
    expect(comparable(value)).toEqual({ list: [{ a: 1 }], known: "x" });
    expect(comparable(await onWire(pulumi.secret("s")))).toBe("s");
  });

  it("takes an output or a resource without a value for unknown", () => {
    expect(comparable({ a: output({}), b: reference({ urn: "u", id: "" }) })).toEqual({ a: UNKNOWN, b: UNKNOWN });
    expect(comparable({ a: reference({ urn: "u", id: "i" }), b: reference({ urn: "u" }) })).toEqual({ a: "i", b: "u" });
  });

  it("compares assets by the hash of their content, and by their whole where they have none", async () => {
    const wire = (await onWire(new pulumi.asset.StringAsset("text"))) as object;
    expect(comparable({ ...wire, hash: "abc", path: "/one" })).toBe(comparable({ ...wire, hash: "abc", path: "/two" }));
    expect(comparable({ ...wire, hash: "abc" })).not.toBe(comparable({ ...wire, hash: "def" }));
    expect(comparable(wire)).toMatchObject({ text: "text" });
    const archive = (await onWire(new pulumi.asset.FileArchive("."))) as object;
    expect(comparable({ ...archive, hash: "abc" })).toBe("hash:abc");
  });
});

describe("handlerValue", () => {
  it.each<[string, pulumi.asset.Asset | pulumi.asset.Archive]>([
    ["a text", new pulumi.asset.StringAsset("text")],
    ["a file", new pulumi.asset.FileAsset("package.json")],
    ["an address", new pulumi.asset.RemoteAsset("https://example.com/a")],
    ["an archive of a file", new pulumi.asset.FileArchive("a.zip")],
    ["an archive at an address", new pulumi.asset.RemoteArchive("https://example.com/a.zip")],
    ["an archive of assets", new pulumi.asset.AssetArchive({ "a.txt": new pulumi.asset.StringAsset("a") })],
  ])("makes %s again what it was", async (_title, asset) => {
    const again = handlerValue(await onWire(asset));
    expect(again).toBeInstanceOf(asset.constructor);
    expect(await onWire(again)).toEqual(await onWire(asset));
  });

  it("gives plain values of secrets, outputs and references", () => {
    const value = {
      a: [secret({ b: 1 })],
      c: output({ value: 2 }),
      d: reference({ urn: "u", id: "i" }),
      e: reference({ urn: "u" }),
    };
    expect(handlerValue(value)).toEqual({ a: [{ b: 1 }], c: 2, d: "i", e: "u" });
  });
});

describe("stateOnWire", () => {
  it("keeps inputs as they came and secrets secret", () => {
    const inputs = { password: secret("p"), nested: [{ key: secret("k") }], given: "kept", name: "asked" };
    const state = stateOnWire(inputs, {
      password: "p2",
      nested: [1],
      name: "made",
      when: new Date(0),
      none: undefined,
    });
    expect(state).toEqual({
      password: secret("p2"),
      nested: secret([1]),
      given: "kept",
      name: "made",
      when: "1970-01-01T00:00:00.000Z",
    });
  });
});

it("finds secrets at every depth", () => {
  expect(holdsSecret({ a: [{ b: secret(1) }] })).toBe(true);
  expect(holdsSecret(output({ value: 1, secret: true }))).toBe(true);
  expect(holdsSecret({ a: [{ b: output({ value: 1 }) }], c: null })).toBe(false);
});
