import { describe, expect, it, vi } from "vitest";
import { EmulatorProvider, NETWORK_TYPE } from "../../src/engine/provider.ts";
import { secret } from "../../src/engine/wire.ts";
import type { HandlerContext, ResourceHandler } from "../../src/resources/handler.ts";

const identity = { region: "eu-west-1", accountId: "123456789012", partition: "aws" };
const queue = { type: "aws:sqs/queue:Queue", name: "jobs" };

function make(handler: ResourceHandler, type = queue.type, lateValues = new Map<string, string>()) {
  const context = vi.fn((kind: string, name: string) => ({ type: kind, name }) as HandlerContext);
  return { provider: new EmulatorProvider({ identity, handlers: { [type]: handler }, context, lateValues }), context };
}

const create: ResourceHandler["create"] = async () => ({ id: "i", outputs: {} });

describe("diff", () => {
  const [olds, news] = [
    { name: "a", delay: 1 },
    { name: "b", delay: 2 },
  ];

  it("replaces what the handler says, where it can change the rest", () => {
    const { provider } = make({ create, update: create as never, replaceOnChanges: ["name"] });
    expect(provider.diff(queue, olds, news)).toMatchObject({ properties: ["name", "delay"], replaces: ["name"] });
    expect(make({ create, update: create as never }).provider.diff(queue, olds, news).replaces).toEqual([]);
  });

  it("replaces on every change where the handler can change nothing", () => {
    expect(make({ create }).provider.diff(queue, olds, news).replaces).toEqual(["name", "delay"]);
  });

  it("replaces nothing of a declared resource", () => {
    const difference = make({ create }).provider.diff({ type: "aws:wafv2/webAcl:WebAcl", name: "w" }, olds, news);
    expect(difference).toMatchObject({ properties: ["name", "delay"], replaces: [] });
  });
});

describe("create", () => {
  it("gives the handler plain values with the late ones in place, and the engine the wire's", async () => {
    const handler = { create: vi.fn(async () => ({ id: "q-1", outputs: { url: "http://q", key: "made" } })) };
    const { provider, context } = make(handler, queue.type, new Map([["{ca}", "PEM"]]));
    const inputs = { key: secret("k"), environment: { CA: "{ca}", NOT: "x{ca}" }, list: ["{ca}", 1] };
    expect(await provider.create(queue, inputs)).toEqual({
      id: "q-1",
      state: { ...inputs, key: secret("made"), url: "http://q" },
    });
    expect(handler.create).toHaveBeenCalledExactlyOnceWith(
      { key: "k", environment: { CA: "PEM", NOT: "x{ca}" }, list: ["PEM", 1] },
      { type: queue.type, name: "jobs" },
    );
    expect(context).toHaveBeenCalledExactlyOnceWith(queue.type, "jobs");
    expect(provider.operations).toEqual([{ kind: "create", ...queue, emulated: true }]);
  });

  it("declares a type without a handler", async () => {
    const { provider } = make({ create });
    const made = await provider.create(
      { type: "aws:wafv2/webAcl:WebAcl", name: "wall" },
      { name: "wall", scope: "REGIONAL" },
    );
    expect(made).toEqual({
      id: "wall",
      state: { name: "wall", scope: "REGIONAL", arn: "arn:aws:wafv2:eu-west-1:123456789012:webAcl/wall" },
    });
    expect(provider.operations).toEqual([
      { kind: "create", type: "aws:wafv2/webAcl:WebAcl", name: "wall", emulated: false },
    ]);
  });

  it("makes the network of Crosswalk with Crosswalk's handler", async () => {
    const { provider, context } = make({ create }, "awsx:ec2:Vpc");
    await provider.create({ type: NETWORK_TYPE, name: "vpc" }, {});
    expect(context).toHaveBeenCalledExactlyOnceWith("awsx:ec2:Vpc", "vpc");
    expect(provider.operations).toMatchObject([{ type: NETWORK_TYPE, emulated: true }]);
  });

  it("says which resource failed, and counts it as not made", async () => {
    const error = Object.assign(new Error("no such key"), { name: "NotFoundException" });
    const { provider } = make({ create: () => Promise.reject(error) });
    await expect(provider.create(queue, {})).rejects.toThrow(
      'aws:sqs/queue:Queue "jobs" could not be made on the emulator: NotFoundException: no such key',
    );
    expect(provider.operations).toEqual([]);
  });
});

describe("update", () => {
  it("keeps what the provider added, unless the update says otherwise", async () => {
    const update = vi.fn(async () => ({ id: "i", outputs: { version: 2 } }));
    const { provider } = make({ create, update });
    const olds = { delay: 1, arn: "arn", version: 1, key: secret("k") };
    expect(await provider.update(queue, "i", olds, { delay: 2 })).toEqual({
      delay: 2,
      arn: "arn",
      version: 2,
      key: "k",
    });
    expect(update).toHaveBeenCalledExactlyOnceWith(
      "i",
      { delay: 1, arn: "arn", version: 1, key: "k" },
      { delay: 2 },
      { type: queue.type, name: "jobs" },
    );
    expect(provider.operations).toEqual([{ kind: "update", ...queue, emulated: true }]);
  });

  it("changes a declared resource's inputs, and says which update failed", async () => {
    const { provider } = make({ create, update: () => Promise.reject(new TypeError("bad")) });
    expect(await provider.update({ type: "a:b:C", name: "c" }, "i", { arn: "x" }, { v: 1 })).toEqual({
      arn: "x",
      v: 1,
    });
    await expect(provider.update(queue, "i", {}, {})).rejects.toThrow(
      'aws:sqs/queue:Queue "jobs" could not be changed on the emulator: TypeError: bad',
    );
  });
});

describe("delete", () => {
  it("deletes where there is something to delete", async () => {
    const remove = vi.fn(async () => {});
    const { provider } = make({ create, delete: remove });
    await provider.delete(queue, "i", { key: secret("k") });
    expect(remove).toHaveBeenCalledExactlyOnceWith("i", { key: "k" }, { type: queue.type, name: "jobs" });
    await provider.delete({ type: "a:b:C", name: "c" }, "i", {});
    await make({ create }).provider.delete(queue, "i", {});
    expect(provider.operations.map(({ kind, emulated }) => [kind, emulated])).toEqual([
      ["delete", true],
      ["delete", false],
    ]);
  });

  it("says which deletion failed", async () => {
    const { provider } = make({ create, delete: () => Promise.reject(new Error("protected")) });
    await expect(provider.delete(queue, "i", {})).rejects.toThrow(
      '"jobs" could not be deleted on the emulator: Error: protected',
    );
  });
});

describe("read", () => {
  it("believes the state where a handler cannot read", async () => {
    expect(await make({ create }).provider.read(queue, "i", { a: 1 })).toEqual({ id: "i", state: { a: 1 } });
  });

  it("gives what there is, or that there is nothing", async () => {
    const { provider } = make({ create, read: async (id) => (id === "i" ? { id, outputs: { a: 2 } } : undefined) });
    expect(await provider.read(queue, "i", { a: 1, b: 1 })).toEqual({ id: "i", state: { a: 2, b: 1 } });
    expect(await provider.read(queue, "gone", {})).toBeUndefined();
  });
});

it("answers the provider's functions for the sandbox's account", () => {
  expect(make({ create }).provider.invoke("aws:index/getRegion:getRegion", {})).toMatchObject({ region: "eu-west-1" });
});
