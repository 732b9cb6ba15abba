import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { Callback } from "@pulumi/pulumi/proto/callback_pb.js";
import { Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { unwrapSecrets } from "./plain.ts";
import type { RecordedOptions, RecordedResource } from "./recording.ts";
import { TransformServer } from "./transforms.ts";

/** The parts of a registration that are read here. Pulumi's own types of it are not published. */
interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getCustom(): boolean;
  getObject(): Struct;
  setObject(object: Struct): void;
  getTransformsList(): Callback[];
  getProtect(): boolean;
  getRetainondelete(): boolean;
  getDeletebeforereplace(): boolean;
  getIgnorechangesList(): string[];
  getReplaceonchangesList(): string[];
  getDependenciesList(): string[];
  getProvider(): string;
  getAliasesList(): { getUrn(): string; getSpec(): { getName(): string; getType(): string } | undefined }[];
}

interface RegisterResponse {
  getUrn(): string;
  getId(): string;
  getObject(): Struct;
}

type Done<R> = (error: unknown, response?: R) => void;

/** The monitor that `setMocks` installs. Its types are internal to Pulumi. */
interface MockMonitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: RegisterRequest, done: Done<RegisterResponse>): Promise<void>;
  registerResourceOutputs(request: { getUrn(): string; getOutputs(): Struct }, done: Done<unknown>): void;
}

/** Parts of Pulumi's runtime that exist but are marked internal. */
interface InternalRuntime {
  getMonitor(): MockMonitor;
  waitForRPCs(): Promise<void>;
}

interface InternalStore {
  settings: { rpcDone: Promise<unknown> };
  supportsTransforms: boolean;
  callbacks: TransformServer;
}

/**
 * Records every registration that reaches the mock monitor into `resources`.
 *
 * @returns A function that waits until nothing is pending.
 */
export function watchMonitor(resources: RecordedResource[]): () => Promise<void> {
  const runtime = pulumi.runtime as unknown as InternalRuntime;
  const monitor = runtime.getMonitor();
  const store = (globalThis as unknown as { globalStore: InternalStore }).globalStore;
  const transforms = new TransformServer();
  store.supportsTransforms = true;
  store.callbacks = transforms;

  monitor.newUrn = fullUrn;

  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request, done) => {
    const resource = recorded(request);
    resources.push(resource);
    try {
      const tokens = request.getTransformsList().map((callback) => callback.getToken());
      const { props, opts } = await transforms.apply(resource, tokens, inputsOf(request));
      request.setObject(Struct.fromJavaScript(await pulumi.runtime.serializeProperties("transforms", props)));
      setInputs(resource, inputsOf(request));
      Object.assign(resource.options, pickOptions(opts));
    } catch (error) {
      done(error);
      return;
    }
    await register(request, (error, response) => {
      if (response !== undefined) {
        resource.id = response.getId();
        resource.outputs = unwrapped(response.getObject());
      }
      done(error, response);
    });
  };

  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, done) => {
    const resource = resources.find((candidate) => candidate.urn === request.getUrn());
    if (resource !== undefined) {
      resource.outputs = unwrapped(request.getOutputs());
      resource.outputsRegistered = true;
    }
    registerOutputs(request, done);
  };

  return async () => {
    let before: unknown;
    // Two quiet turns of the event loop with no new call to the monitor: an `apply` may still make a resource after the first.
    for (let quiet = 0; quiet < 2; ) {
      await runtime.waitForRPCs();
      await setImmediate();
      quiet = before === store.settings.rpcDone ? quiet + 1 : 0;
      before = store.settings.rpcDone;
    }
  };
}

/** The URN as the real engine makes it: with every parent's type. Pulumi's mock keeps only the last. */
function fullUrn(parent: string, type: string, name: string): string {
  const parentType = parent === "" ? "" : (parent.split("::")[2] ?? "");
  const chain = parentType === "" || parentType === "pulumi:pulumi:Stack" ? type : `${parentType}$${type}`;
  return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${chain}::${name}`;
}

function recorded(request: RegisterRequest): RecordedResource {
  const parentUrn = request.getParent();
  const urn = fullUrn(parentUrn, request.getType(), request.getName());
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    parentTypes: (urn.split("::")[2] ?? "").split("$").slice(0, -1),
    parentUrn,
    custom: request.getCustom(),
    id: "",
    inputs: {},
    secretInputs: [],
    outputs: {},
    outputsRegistered: false,
    options: recordedOptions(request),
  };
}

function recordedOptions(request: RegisterRequest): RecordedOptions {
  return {
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    dependsOn: request.getDependenciesList(),
    provider: request.getProvider(),
    aliases: request
      .getAliasesList()
      .map((alias) => alias.getSpec()?.getName() || alias.getSpec()?.getType() || alias.getUrn()),
  };
}

function pickOptions({ protect, retainOnDelete, ignoreChanges }: pulumi.ResourceOptions): Partial<RecordedOptions> {
  return {
    ...(protect === undefined ? {} : { protect }),
    ...(retainOnDelete === undefined ? {} : { retainOnDelete }),
    ...(ignoreChanges === undefined ? {} : { ignoreChanges }),
  };
}

function inputsOf(request: RegisterRequest): Record<string, unknown> {
  return pulumi.runtime.deserializeProperties(request.getObject());
}

function setInputs(resource: RecordedResource, inputs: Record<string, unknown>): void {
  resource.secretInputs = Object.keys(inputs).filter((key) => pulumi.runtime.isRpcSecret(inputs[key]));
  resource.inputs = unwrapSecrets(inputs) as Record<string, unknown>;
}

function unwrapped(object: Struct): Record<string, unknown> {
  return unwrapSecrets(pulumi.runtime.deserializeProperties(object)) as Record<string, unknown>;
}
