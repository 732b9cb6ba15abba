import * as grpc from "@grpc/grpc-js";
import type pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourceProto from "@pulumi/pulumi/proto/resource_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EmulatorProvider, NETWORK_TYPE } from "../../src/engine/provider.ts";
import { nameOf, type ServedProvider, serveProvider } from "../../src/engine/serve.ts";
import { UNKNOWN } from "../../src/engine/wire.ts";
import type { HandlerContext, ResourceHandler } from "../../src/resources/handler.ts";

const URN = "urn:pulumi:dev::palisade::palisade:index:Thing$aws:sqs/queue:Queue::jobs";
const struct = (value: object) => structProto.Struct.fromJavaScript(value as never);

/** Keeps queues in memory, as the emulator would. */
const queues = new Map<string, object>();
const queue: ResourceHandler = {
  replaceOnChanges: ["kind", "added", "gone"],
  async create(inputs) {
    queues.set("q-1", inputs);
    return { id: "q-1", outputs: { url: "http://q" } };
  },
  async update(_id, _olds, news) {
    queues.set("q-1", news);
    return { id: "q-1", outputs: { revision: 2 } };
  },
  async delete(id) {
    if (!queues.delete(id)) throw new Error("is protected");
  },
  read: async (id) => (queues.has(id) ? { id, outputs: { seen: true } } : undefined),
};

let served: ServedProvider;
let client: ResourceProviderClient;

beforeEach(async () => {
  queues.clear();
  const provider = new EmulatorProvider({
    identity: { region: "us-east-1", accountId: "123456789012", partition: "aws" },
    handlers: { "aws:sqs/queue:Queue": queue },
    context: () => ({}) as HandlerContext,
    lateValues: new Map(),
  });
  served = await serveProvider(provider, "7.48.0");
  client = new ResourceProviderClient(`127.0.0.1:${served.port}`, grpc.credentials.createInsecure());
});
afterEach(() => {
  client.close();
  served.close();
});

/** Requests and responses of the provider's methods. */
interface Methods {
  cancel: [emptyProto.Empty, emptyProto.Empty];
  check: [proto.CheckRequest, proto.CheckResponse];
  checkConfig: [proto.CheckRequest, proto.CheckResponse];
  configure: [proto.ConfigureRequest, proto.ConfigureResponse];
  construct: [proto.ConstructRequest, proto.ConstructResponse];
  create: [proto.CreateRequest, proto.CreateResponse];
  delete: [proto.DeleteRequest, emptyProto.Empty];
  diff: [proto.DiffRequest, proto.DiffResponse];
  diffConfig: [proto.DiffRequest, proto.DiffResponse];
  getPluginInfo: [emptyProto.Empty, pluginProto.PluginInfo];
  handshake: [proto.ProviderHandshakeRequest, proto.ProviderHandshakeResponse];
  invoke: [proto.InvokeRequest, proto.InvokeResponse];
  read: [proto.ReadRequest, proto.ReadResponse];
  update: [proto.UpdateRequest, proto.UpdateResponse];
}

/** Calls a method of the provider as the engine does. */
function call<M extends keyof Methods>(method: M, request: Methods[M][0]): Promise<Methods[M][1]> {
  type Send = (
    request: Methods[M][0],
    done: (error: grpc.ServiceError | null, response: Methods[M][1]) => void,
  ) => void;
  return new Promise((resolve, reject) => {
    (client[method] as unknown as Send).call(client, request, (error, response) =>
      error ? reject(error) : resolve(response),
    );
  });
}

/** Sets fields of a message: `with(new M(), { urn: "…" })` calls `setUrn`. */
function message<M>(target: M, fields: Record<string, unknown>): M {
  for (const [key, value] of Object.entries(fields)) {
    (target as Record<string, (value: unknown) => void>)[`set${key[0]?.toUpperCase()}${key.slice(1)}`]?.(value);
  }
  return target;
}

describe("the provider on the wire", () => {
  it("introduces itself, and takes every configuration", async () => {
    const info = await call("getPluginInfo", new emptyProto.Empty());
    expect(info.getVersion()).toBe("7.48.0");
    expect((await call("handshake", new proto.ProviderHandshakeRequest())).getAcceptSecrets()).toBe(true);
    const configured = await call("configure", new proto.ConfigureRequest());
    expect([configured.getAcceptsecrets(), configured.getSupportspreview()]).toEqual([true, true]);
    const news = struct({ region: "us-east-1" });
    const checked = await call("checkConfig", message(new proto.CheckRequest(), { news }));
    expect(checked.getInputs()?.toJavaScript()).toEqual({ region: "us-east-1" });
    const difference = await call("diffConfig", new proto.DiffRequest());
    expect(difference.getChanges()).toBe(proto.DiffResponse.DiffChanges.DIFF_NONE);
    await call("cancel", new emptyProto.Empty());
  });

  it("makes, reads, changes and deletes a resource", async () => {
    const inputs = { delay: 1 };
    const checked = await call("check", message(new proto.CheckRequest(), { urn: URN, news: struct(inputs) }));
    expect(checked.getInputs()?.toJavaScript()).toEqual(inputs);
    const created = await call("create", message(new proto.CreateRequest(), { urn: URN, properties: struct(inputs) }));
    expect([created.getId(), created.getProperties()?.toJavaScript()]).toEqual(["q-1", { delay: 1, url: "http://q" }]);

    const about = { urn: URN, id: "q-1" };
    const read = await call(
      "read",
      message(new proto.ReadRequest(), { ...about, properties: created.getProperties(), inputs: struct(inputs) }),
    );
    expect([read.getId(), read.getProperties()?.toJavaScript(), read.getInputs()?.toJavaScript()]).toEqual([
      "q-1",
      { delay: 1, url: "http://q", seen: true },
      inputs,
    ]);
    const news = struct({ delay: 2 });
    const updated = await call(
      "update",
      message(new proto.UpdateRequest(), { ...about, olds: created.getProperties(), news }),
    );
    expect(updated.getProperties()?.toJavaScript()).toEqual({ delay: 2, url: "http://q", revision: 2 });
    await call("delete", message(new proto.DeleteRequest(), { ...about, properties: updated.getProperties() }));
    expect(queues.size).toBe(0);
    const gone = await call("read", message(new proto.ReadRequest(), about));
    expect(gone.getId()).toBe("");
  });

  it("makes and changes nothing in a preview, and knows the inputs, and of what is there what it was given", async () => {
    const create = message(new proto.CreateRequest(), { urn: URN, properties: struct({ a: 1 }), preview: true });
    const created = await call("create", create);
    expect([created.getId(), created.getProperties()?.toJavaScript()]).toEqual(["", { a: 1 }]);
    const update = message(new proto.UpdateRequest(), {
      urn: URN,
      id: "q",
      olds: struct({ a: 1, gone: 1, url: "http://q" }),
      oldInputs: struct({ a: 1, gone: 1 }),
      news: struct({ a: 2 }),
      preview: true,
    });
    expect((await call("update", update)).getProperties()?.toJavaScript()).toEqual({ a: 2, url: "http://q" });
    expect(queues.size).toBe(0);
  });

  it("tells an unchanged resource from a changed and from a replaced one", async () => {
    const { DiffChanges } = proto.DiffResponse;
    const kinds = proto.PropertyDiff.Kind;
    const ask = async (oldInputs: object, news: object) => {
      const fields = {
        urn: URN,
        id: "q",
        oldInputs: struct(oldInputs),
        olds: struct({ url: "x" }),
        news: struct(news),
      };
      const answer = await call("diff", message(new proto.DiffRequest(), fields));
      const details: Record<string, number> = {};
      answer.getDetaileddiffMap().forEach((detail, path) => {
        details[path] = detail.getKind();
      });
      return {
        changes: answer.getChanges(),
        diffs: answer.getDiffsList(),
        replaces: answer.getReplacesList(),
        first: answer.getDeletebeforereplace(),
        details,
      };
    };
    expect(await ask({ delay: 1 }, { delay: 1 })).toMatchObject({ changes: DiffChanges.DIFF_NONE, diffs: [] });
    expect(await ask({ delay: 1, old: 1 }, { delay: 2, made: 1 })).toEqual({
      changes: DiffChanges.DIFF_SOME,
      diffs: ["delay", "old", "made"],
      replaces: [],
      first: false,
      details: { delay: kinds.UPDATE, old: kinds.DELETE, made: kinds.ADD },
    });
    expect(await ask({ kind: 1, gone: 1 }, { kind: 2, added: 1 })).toEqual({
      changes: DiffChanges.DIFF_SOME,
      diffs: ["gone", "kind", "added"],
      replaces: ["gone", "kind", "added"],
      first: false,
      details: { kind: kinds.UPDATE_REPLACE, gone: kinds.DELETE_REPLACE, added: kinds.ADD_REPLACE },
    });
    expect(await ask({ name: "q", kind: 1 }, { name: "q", kind: 2 })).toMatchObject({ first: true });
    expect(await ask({ name: "q", kind: 1 }, { name: "r", kind: 2 })).toMatchObject({ first: false });
  });

  it("answers functions, and an error with its own words", async () => {
    const invoke = message(new proto.InvokeRequest(), { tok: "aws:index/getRegion:getRegion", args: struct({}) });
    const answer = await call("invoke", invoke);
    expect(answer.getReturn()?.toJavaScript()).toMatchObject({ region: "us-east-1" });
    await expect(call("delete", message(new proto.DeleteRequest(), { urn: URN, id: "x" }))).rejects.toMatchObject({
      details: 'aws:sqs/queue:Queue "jobs" could not be deleted on the emulator: Error: is protected',
    });
  });
});

describe("construct", () => {
  let monitor: grpc.Server;
  let registered: resourceProto.RegisterResourceRequest[];
  let finished: [string, unknown][];
  let fail: boolean;

  beforeEach(() => {
    registered = [];
    finished = [];
    fail = false;
  });
  afterEach(() => monitor?.forceShutdown());

  /** Stands for the engine: registers what it is told to, and answers with the outputs of a made network, or none. */
  async function startMonitor(outputs: object): Promise<string> {
    monitor = new grpc.Server();
    monitor.addService(ResourceMonitorService, {
      registerResource: (
        { request }: { request: resourceProto.RegisterResourceRequest },
        callback: grpc.sendUnaryData<resourceProto.RegisterResourceResponse>,
      ) => {
        registered.push(request);
        if (fail) return callback({ code: grpc.status.UNKNOWN, details: "no room" });
        const response = new resourceProto.RegisterResourceResponse();
        response.setUrn(`urn:${request.getType()}`);
        if (request.getCustom()) response.setObject(struct(outputs));
        callback(null, response);
      },
      registerResourceOutputs: (
        { request }: { request: resourceProto.RegisterResourceOutputsRequest },
        callback: grpc.sendUnaryData<emptyProto.Empty>,
      ) => {
        finished.push([request.getUrn(), request.getOutputs()?.toJavaScript()]);
        callback(fail ? { code: grpc.status.UNKNOWN } : null, new emptyProto.Empty());
      },
    } as unknown as grpc.UntypedServiceImplementation);
    const port = await new Promise<number>((resolve, reject) =>
      monitor.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    return `127.0.0.1:${port}`;
  }

  function request(monitorendpoint: string, dryrun: boolean): proto.ConstructRequest {
    const built = message(new proto.ConstructRequest(), {
      type: "awsx:ec2:Vpc",
      name: "vpc",
      parent: "urn:parent",
      inputs: struct({ cidrBlock: "10.0.0.0/16" }),
      dependenciesList: ["urn:before"],
      monitorendpoint,
      dryrun,
    });
    built.getProvidersMap().set("aws", "urn:provider::id");
    built
      .getInputdependenciesMap()
      .set("cidrBlock", message(new proto.ConstructRequest.PropertyDependencies(), { urnsList: ["urn:a"] }));
    return built;
  }

  it("makes the VPC of Crosswalk a component with the network as its child", async () => {
    const endpoint = await startMonitor({ vpcId: "vpc-1", isolatedSubnetIds: ["s-1"], other: 1 });
    const response = await call("construct", request(endpoint, false));
    expect(response.getUrn()).toBe("urn:awsx:ec2:Vpc");
    expect(response.getState()?.toJavaScript()).toEqual({ vpcId: "vpc-1", isolatedSubnetIds: ["s-1"] });
    expect(response.getStatedependenciesMap().get("vpcId")?.getUrnsList()).toEqual([`urn:${NETWORK_TYPE}`]);
    expect(finished).toEqual([["urn:awsx:ec2:Vpc", { vpcId: "vpc-1", isolatedSubnetIds: ["s-1"] }]]);
    const [component, network] = registered.map((made) => made.toObject());
    expect(component).toMatchObject({ type: "awsx:ec2:Vpc", name: "vpc", parent: "urn:parent", custom: false });
    expect(component?.providersMap).toEqual([["aws", "urn:provider::id"]]);
    expect(network).toMatchObject({ type: NETWORK_TYPE, name: "vpc", parent: "urn:awsx:ec2:Vpc", custom: true });
    expect(network?.dependenciesList).toEqual(["urn:before"]);
    expect(network?.propertydependenciesMap).toEqual([["cidrBlock", { urnsList: ["urn:a"] }]]);
    expect(registered[1]?.getObject()?.toJavaScript()).toEqual({ cidrBlock: "10.0.0.0/16" });
  });

  it("knows nothing of a network that a preview would make", async () => {
    const response = await call("construct", request(await startMonitor({}), true));
    expect(response.getState()?.toJavaScript()).toMatchObject({ vpcId: UNKNOWN, isolatedSubnetIds: UNKNOWN });
  });

  it("passes the engine's refusal on", async () => {
    const endpoint = await startMonitor({});
    fail = true;
    await expect(call("construct", request(endpoint, false))).rejects.toThrow("no room");
  });

  it("refuses a component that it does not know", async () => {
    const other = message(new proto.ConstructRequest(), { type: "awsx:ecs:FargateService", name: "s" });
    await expect(call("construct", other)).rejects.toMatchObject({
      details:
        "The sandbox knows one component of another provider, awsx:ec2:Vpc; the program makes awsx:ecs:FargateService. " +
        "Make it of plain resources, or add it to packages/sandbox/src/engine/network.ts.",
    });
  });
});

it("reads type and name from a URN, also where the name has colons", () => {
  expect(nameOf(URN)).toEqual({ type: "aws:sqs/queue:Queue", name: "jobs" });
  expect(nameOf("urn:pulumi:s::p::aws:iam/role:Role::a::b")).toEqual({ type: "aws:iam/role:Role", name: "a::b" });
});
