import * as grpc from "@grpc/grpc-js";
import pluginProto from "@pulumi/pulumi/proto/plugin_pb.js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties } from "../resources/handler.ts";
import type { PropertyChange } from "./diff.ts";
import { constructNetwork } from "./network.ts";
import type { EmulatorProvider, ResourceName } from "./provider.ts";

/** A provider that listens on a port of 127.0.0.1. */
export interface ServedProvider {
  port: number;
  close(): void;
}

/** The engine's messages are as large as a stack's largest resource; Pulumi's own SDK takes 400 MB. */
const CHANNEL = { "grpc.max_receive_message_length": 400 * 1024 * 1024 };

/**
 * Serves a provider to Pulumi's engine over gRPC (github.com/pulumi/pulumi, proto/pulumi/provider.proto). The server of
 * `@pulumi/pulumi/provider` is not used, since it hands `diff` no old inputs and serves one provider a process.
 *
 * @param version The version of the package that the provider stands for; the engine warns of another than the program's.
 */
export async function serveProvider(provider: EmulatorProvider, version: string): Promise<ServedProvider> {
  const server = new grpc.Server(CHANNEL);
  server.addService(ResourceProviderService, service(provider, version));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { port, close: () => server.forceShutdown() };
}

function service(provider: EmulatorProvider, version: string): grpc.UntypedServiceImplementation {
  return {
    handshake: answer(() => {
      const response = new proto.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),
    attach: answer(() => new emptyProto.Empty()),
    cancel: answer(() => new emptyProto.Empty()),
    getPluginInfo: answer(() => {
      const response = new pluginProto.PluginInfo();
      response.setVersion(version);
      return response;
    }),
    configure: answer(() => {
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(true);
      // The engine then asks in a preview too, and is told what is known: the inputs.
      response.setSupportspreview(true);
      return response;
    }),
    checkConfig: answer((request: proto.CheckRequest) => echo(request)),
    diffConfig: answer(() => unchanged()),
    check: answer((request: proto.CheckRequest) => echo(request)),
    diff: answer((request: proto.DiffRequest) => diff(provider, request)),
    create: answer(async (request: proto.CreateRequest) => {
      if (request.getPreview()) return previewed(new proto.CreateResponse(), request.getProperties());
      const { id, state } = await provider.create(nameOf(request.getUrn()), properties(request.getProperties()));
      const response = new proto.CreateResponse();
      response.setId(id);
      response.setProperties(struct(state));
      return response;
    }),
    read: answer(async (request: proto.ReadRequest) => {
      const state = properties(request.getProperties());
      const found = await provider.read(nameOf(request.getUrn()), request.getId(), state);
      const response = new proto.ReadResponse();
      if (found === undefined) return response;
      response.setId(found.id);
      response.setProperties(struct(found.state));
      response.setInputs(request.getInputs());
      return response;
    }),
    update: answer(async (request: proto.UpdateRequest) => {
      if (request.getPreview()) return previewed(new proto.UpdateResponse(), kept(request));
      const resource = nameOf(request.getUrn());
      const [olds, news] = [properties(request.getOlds()), properties(request.getNews())];
      const response = new proto.UpdateResponse();
      response.setProperties(struct(await provider.update(resource, request.getId(), olds, news)));
      return response;
    }),
    delete: answer(async (request: proto.DeleteRequest) => {
      await provider.delete(nameOf(request.getUrn()), request.getId(), properties(request.getProperties()));
      return new emptyProto.Empty();
    }),
    invoke: answer((request: proto.InvokeRequest) => {
      const response = new proto.InvokeResponse();
      response.setReturn(struct(provider.invoke(request.getTok(), properties(request.getArgs()))));
      return response;
    }),
    construct: answer(async (request: proto.ConstructRequest) => {
      if (request.getType() !== "awsx:ec2:Vpc") {
        throw new Error(
          `The sandbox knows one component of another provider, awsx:ec2:Vpc; the program makes ${request.getType()}. ` +
            "Make it of plain resources, or add it to packages/sandbox/src/engine/network.ts.",
        );
      }
      const { urn, state, dependency } = await constructNetwork(request);
      const response = new proto.ConstructResponse();
      response.setUrn(urn);
      response.setState(struct(state));
      for (const key of Object.keys(state)) {
        const dependencies = new proto.ConstructResponse.PropertyDependencies();
        dependencies.setUrnsList([dependency]);
        response.getStatedependenciesMap().set(key, dependencies);
      }
      return response;
    }),
  };
}

/** A call that answers with a message, or with the error's own words. */
function answer<Request, Response>(
  work: (request: Request) => Response | Promise<Response>,
): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve(call.request)
      .then(work)
      .then(
        (response) => callback(null, response),
        (error: Error) => callback({ code: grpc.status.UNKNOWN, details: error.message }),
      );
  };
}

function diff(provider: EmulatorProvider, request: proto.DiffRequest): proto.DiffResponse {
  const [olds, news] = [properties(request.getOldInputs()), properties(request.getNews())];
  const { changes, properties: changed, replaces } = provider.diff(nameOf(request.getUrn()), olds, news);
  if (changes.length === 0) return unchanged();
  const response = new proto.DiffResponse();
  response.setChanges(proto.DiffResponse.DiffChanges.DIFF_SOME);
  response.setDiffsList(changed);
  response.setReplacesList(replaces);
  // A name that stays is taken while the old resource has it.
  response.setDeletebeforereplace(replaces.length > 0 && news.name !== undefined && !changed.includes("name"));
  response.setHasdetaileddiff(true);
  for (const change of changes) {
    const detail = new proto.PropertyDiff();
    detail.setKind(kindOf(change));
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(change.path, detail);
  }
  return response;
}

function kindOf({ kind, replace }: PropertyChange): proto.PropertyDiff.Kind {
  const kinds = proto.PropertyDiff.Kind;
  switch (kind) {
    case "add":
      return replace ? kinds.ADD_REPLACE : kinds.ADD;
    case "delete":
      return replace ? kinds.DELETE_REPLACE : kinds.DELETE;
    case "update":
      return replace ? kinds.UPDATE_REPLACE : kinds.UPDATE;
  }
}

/** In a preview nothing is made: the outputs are the inputs, and whatever is missing from them counts as unknown. */
function previewed<Response extends { setProperties(value?: structProto.Struct): unknown }>(
  response: Response,
  inputs: structProto.Struct | undefined,
): Response {
  response.setProperties(inputs);
  return response;
}

/**
 * What is known of an update before it is made: the new inputs, and what AWS gave the resource when it was made, its ARN for one, which no
 * update changes. A plan that knew nothing of that would replace whatever is made of it.
 */
function kept(request: proto.UpdateRequest): structProto.Struct {
  const inputs = properties(request.getOldInputs());
  const given = Object.entries(properties(request.getOlds())).filter(([key]) => !(key in inputs));
  return struct({ ...Object.fromEntries(given), ...properties(request.getNews()) });
}

function unchanged(): proto.DiffResponse {
  const response = new proto.DiffResponse();
  response.setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE);
  return response;
}

/** The program's own types have checked the inputs; what AWS's provider would check beyond them is not known here. */
function echo(request: proto.CheckRequest): proto.CheckResponse {
  const response = new proto.CheckResponse();
  response.setInputs(request.getNews());
  return response;
}

/** The type and the name in a URN: `urn:pulumi:stack::project::parent$type::name`. */
export function nameOf(urn: string): ResourceName {
  const [, , qualified = "", ...name] = urn.split("::");
  return { type: qualified.split("$").at(-1) as string, name: name.join("::") };
}

function properties(wire: structProto.Struct | undefined): Properties {
  return (wire?.toJavaScript() ?? {}) as Properties;
}

function struct(values: Properties): structProto.Struct {
  return structProto.Struct.fromJavaScript(values as Record<string, structProto.JavaScriptValue>);
}
