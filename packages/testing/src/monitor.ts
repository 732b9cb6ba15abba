import { AsyncLocalStorage } from "node:async_hooks";
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
  getRemote(): boolean;
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

/** Which recording a piece of asynchronous work belongs to: Node carries it through every promise and timer of a program. */
const origin = new AsyncLocalStorage<RecordedResource[]>();

/** Runs a program so that its resources are known to be its own, however late they come. */
export function asOwnerOf<T>(resources: RecordedResource[], program: () => T): T {
  return origin.run(resources, program);
}

/**
 * Records every registration that reaches the mock monitor into `resources`. A registration by the program of an earlier
 * recording fails: it came after that recording had ended, and does not belong into this one.
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
    if (origin.getStore() !== resources) {
      done(new Error(`${resource.type} "${resource.name}" was made by an earlier recording, after that had ended`));
      return;
    }
    resources.push(resource);
    try {
      const tokens = request.getTransformsList().map((callback) => callback.getToken());
      const changed = await transforms.apply(resource, tokens, inputsOf(request));
      if (changed !== undefined) {
        request.setObject(Struct.fromJavaScript(await pulumi.runtime.serializeProperties("transforms", changed.props)));
        Object.assign(resource.options, pickOptions(changed.opts));
      }
      setInputs(resource, inputsOf(request));
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
    const outputs = unwrapped(request.getOutputs());
    for (const resource of resources.filter(({ urn }) => urn === request.getUrn())) {
      resource.outputs = outputs;
      resource.outputsRegistered = Object.keys(outputs).length > 0;
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
  const chain = [...typesOf(parent), type].filter((each) => each !== "pulumi:pulumi:Stack" || each === type).join("$");
  return `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${chain}::${name}`;
}

/** The types in a URN, outermost first; none for no URN. */
function typesOf(urn: string): string[] {
  return urn
    .split("::")
    .slice(2, 3)
    .flatMap((chain) => chain.split("$"));
}

function recorded(request: RegisterRequest): RecordedResource {
  const parentUrn = request.getParent();
  const urn = fullUrn(parentUrn, request.getType(), request.getName());
  return {
    type: request.getType(),
    name: request.getName(),
    urn,
    parentTypes: typesOf(urn).slice(0, -1),
    parentUrn,
    custom: request.getCustom(),
    remote: request.getRemote(),
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
    protect: request.getProtect(),
    retainOnDelete: request.getRetainondelete(),
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
