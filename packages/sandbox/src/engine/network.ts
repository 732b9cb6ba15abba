import * as grpc from "@grpc/grpc-js";
import type providerProto from "@pulumi/pulumi/proto/provider_pb.js";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import resourceProto from "@pulumi/pulumi/proto/resource_pb.js";
import structProto from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties } from "../resources/handler.ts";
import { NETWORK_TYPE } from "./provider.ts";
import { UNKNOWN } from "./wire.ts";

/** What `awsx.ec2.Vpc` outputs (github.com/pulumi/pulumi-awsx, schema.json, v3.9.0), as far as the sandbox's handler makes it. */
const OUTPUTS = [
  "vpcId",
  "publicSubnetIds",
  "privateSubnetIds",
  "isolatedSubnetIds",
  "routeTables",
  "natGateways",
  "eips",
];

/** A component that the provider made: its URN, its outputs, and the resource that they come from. */
export interface Constructed {
  urn: string;
  state: Properties;
  dependency: string;
}

/**
 * Makes `awsx.ec2.Vpc`: a component whose children only its own plugin knows. Here it has one child, the whole network, which the
 * handler of `awsx:ec2:Vpc` makes; the engine keeps it as any resource.
 */
export async function constructNetwork(request: providerProto.ConstructRequest): Promise<Constructed> {
  const monitor = new ResourceMonitorClient(request.getMonitorendpoint(), grpc.credentials.createInsecure());
  try {
    const component = registration(request.getType(), request.getName(), request.getParent());
    component.setDependenciesList(request.getDependenciesList());
    for (const [key, value] of request.getProvidersMap().entries()) component.getProvidersMap().set(key, value);
    const { urn } = await register(monitor, component);

    const network = registration(NETWORK_TYPE, request.getName(), urn);
    network.setCustom(true);
    network.setObject(request.getInputs());
    network.setDependenciesList(request.getDependenciesList());
    for (const [key, value] of request.getInputdependenciesMap().entries()) {
      const dependencies = new resourceProto.RegisterResourceRequest.PropertyDependencies();
      dependencies.setUrnsList(value.getUrnsList());
      network.getPropertydependenciesMap().set(key, dependencies);
    }
    const made = await register(monitor, network);

    // In a preview that makes the network, nothing is known of it yet.
    const missing = request.getDryrun() ? UNKNOWN : undefined;
    const known = OUTPUTS.map((key) => [key, made.object[key] ?? missing] as const);
    const state = Object.fromEntries(known.filter(([, value]) => value !== undefined));
    await finish(monitor, urn, state);
    return { urn, state, dependency: made.urn };
  } finally {
    monitor.close();
  }
}

function registration(type: string, name: string, parent: string): resourceProto.RegisterResourceRequest {
  const request = new resourceProto.RegisterResourceRequest();
  request.setType(type);
  request.setName(name);
  request.setParent(parent);
  request.setAcceptsecrets(true);
  request.setSupportspartialvalues(true);
  return request;
}

function register(
  monitor: ResourceMonitorClient,
  request: resourceProto.RegisterResourceRequest,
): Promise<{ urn: string; object: Properties }> {
  return new Promise((resolve, reject) => {
    monitor.registerResource(request, (error, response) => {
      if (error) reject(error);
      else resolve({ urn: response.getUrn(), object: (response.getObject()?.toJavaScript() ?? {}) as Properties });
    });
  });
}

function finish(monitor: ResourceMonitorClient, urn: string, outputs: Properties): Promise<void> {
  const request = new resourceProto.RegisterResourceOutputsRequest();
  request.setUrn(urn);
  request.setOutputs(structProto.Struct.fromJavaScript(outputs as Record<string, structProto.JavaScriptValue>));
  return new Promise((resolve, reject) => {
    monitor.registerResourceOutputs(request, (error) => (error ? reject(error) : resolve()));
  });
}
