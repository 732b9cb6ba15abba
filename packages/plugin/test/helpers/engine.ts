import * as grpc from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engineProto from "@pulumi/pulumi/proto/engine_pb.js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourceProto from "@pulumi/pulumi/proto/resource_pb.js";
import emptyProto from "google-protobuf/google/protobuf/empty_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";

/** A resource that the plugin registered with the engine. */
export interface Registered {
  type: string;
  name: string;
  parent: string;
  custom: boolean;
  inputs: Record<string, unknown>;
}

/** What stands where Pulumi's engine would: it keeps what is registered, and knows of each resource its inputs and an id and ARN. */
export interface TestEngine {
  address: string;
  registered: Registered[];
  /** What the plugin logged as an error. */
  errors: string[];
  close(): void;
}

const ACCOUNT = { accountId: "111122223333", arn: "arn:aws:iam::111122223333:user/somebody", userId: "AIDA" };
/** The provider functions that components ask. */
const INVOKES: Record<string, Record<string, string>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": { ...ACCOUNT, id: ACCOUNT.accountId },
  "aws:index/getPartition:getPartition": { partition: "aws", dnsSuffix: "amazonaws.com", id: "aws" },
  "aws:index/getRegion:getRegion": { region: "eu-central-1", name: "eu-central-1", id: "eu-central-1" },
};

export async function startEngine(): Promise<TestEngine> {
  const registered: Registered[] = [];
  const errors: string[] = [];
  const server = new grpc.Server();
  server.addService(EngineService, {
    log: answer((request: engineProto.LogRequest) => {
      if (request.getSeverity() === engineProto.LogSeverity.ERROR) errors.push(request.getMessage());
      return new emptyProto.Empty();
    }),
  } as unknown as grpc.UntypedServiceImplementation);
  server.addService(ResourceMonitorService, {
    supportsFeature: answer(() => {
      const response = new resourceProto.SupportsFeatureResponse();
      response.setHassupport(true);
      return response;
    }),
    registerResource: answer((request: resourceProto.RegisterResourceRequest) => {
      const [type, name] = [request.getType(), request.getName()];
      const inputs = (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
      registered.push({ type, name, parent: request.getParent(), custom: request.getCustom(), inputs });
      const response = new resourceProto.RegisterResourceResponse();
      response.setUrn(`urn:pulumi:test::project::${type}::${name}`);
      response.setId(request.getCustom() ? `${name}-id` : "");
      const arn = `arn:aws:any:eu-central-1:${ACCOUNT.accountId}:${name}`;
      const known = request.getCustom() ? { name, ...inputs, arn } : inputs;
      response.setObject(structProto.Struct.fromJavaScript(known as Record<string, structProto.JavaScriptValue>));
      return response;
    }),
    registerResourceOutputs: answer(() => new emptyProto.Empty()),
    invoke: answer((request: resourceProto.ResourceInvokeRequest) => {
      const known = INVOKES[request.getTok()];
      if (known === undefined)
        throw new Error(`the plugin asked for ${request.getTok()}, which this test does not answer`);
      const response = new resourceProto.ResourceInvokeResponse();
      response.setReturn(structProto.Struct.fromJavaScript(known));
      return response;
    }),
  } as unknown as grpc.UntypedServiceImplementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { address: `127.0.0.1:${port}`, registered, errors, close: () => server.forceShutdown() };
}

function answer<Request, Response>(work: (request: Request) => Response): grpc.handleUnaryCall<Request, Response> {
  return (call, callback) => {
    try {
      callback(null, work(call.request));
    } catch (error) {
      callback({ code: grpc.status.UNKNOWN, details: (error as Error).message });
    }
  };
}
