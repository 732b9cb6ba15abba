import { declaredState } from "../declared.ts";
import type { Identity } from "../identity.ts";
import { answerInvoke } from "../invokes.ts";
import type { HandlerContext, Properties, ResourceHandler } from "../resources/handler.ts";
import { type Difference, difference } from "./diff.ts";
import { handlerProperties, stateOnWire } from "./wire.ts";

/** A resource as the engine names it. */
export interface ResourceName {
  /** Type token, as `aws:lambda/function:Function`. */
  type: string;
  /** Logical name. */
  name: string;
}

export interface ProviderOptions {
  identity: Identity;
  handlers: Readonly<Record<string, ResourceHandler>>;
  /** Makes the context of one operation. */
  context(type: string, name: string): HandlerContext;
  /** Texts that become known during a deployment, put in place of their placeholders in what a handler is given. */
  lateValues: ReadonlyMap<string, string>;
}

/** What the provider did so far, for the report of a run. */
export interface Operation extends ResourceName {
  kind: "create" | "update" | "delete";
  /** False: the type has no handler, and nothing but an id stands behind the resource. */
  emulated: boolean;
}

/** The type under which the VPC of Crosswalk is one resource; see `network.ts`. */
export const NETWORK_TYPE = "awsx:sandbox:Network";
const CROSSWALK_VPC = "awsx:ec2:Vpc";

/**
 * The sandbox's provider for Pulumi's own engine: the handlers that the in-process monitor uses, behind check, diff, create, read, update
 * and delete. Properties are in the engine's wire form (`wire.ts`).
 */
export class EmulatorProvider {
  readonly operations: Operation[] = [];
  readonly #options: ProviderOptions;

  constructor(options: ProviderOptions) {
    this.#options = options;
  }

  /** What a change of the inputs means: nothing, an update, or a new resource. */
  diff({ type }: ResourceName, oldInputs: Properties, news: Properties): Difference {
    const handler = this.#handler(type);
    // Nothing stands behind a declared resource, so there is nothing that a change would have to replace.
    const paths = handler === undefined ? [] : handler.update ? (handler.replaceOnChanges ?? []) : "all";
    return difference(oldInputs, news, paths);
  }

  async create(resource: ResourceName, inputs: Properties): Promise<{ id: string; state: Properties }> {
    const handler = this.#handler(resource.type);
    const values = this.#values(inputs);
    const { id, outputs } = handler
      ? await handler.create(values, this.#context(resource)).catch((error: Error) => fail("made", resource, error))
      : declaredState(resource.type, resource.name, values, this.#options.identity);
    this.#record("create", resource);
    return { id, state: stateOnWire(inputs, outputs) };
  }

  /** The resource as it is; undefined when it is gone. */
  async read(
    resource: ResourceName,
    id: string,
    state: Properties,
  ): Promise<{ id: string; state: Properties } | undefined> {
    const handler = this.#handler(resource.type);
    if (!handler?.read) return { id, state };
    const found = await handler.read(id, this.#values(state), this.#context(resource));
    return found && { id: found.id, state: stateOnWire(state, found.outputs) };
  }

  async update(resource: ResourceName, id: string, olds: Properties, news: Properties): Promise<Properties> {
    const handler = this.#handler(resource.type);
    const values = this.#values(news);
    const before = handlerProperties(olds);
    // What the provider added to the inputs when it made the resource stays, unless an update says otherwise.
    const added = Object.fromEntries(Object.entries(before).filter(([key]) => !(key in news)));
    const { outputs } = handler?.update
      ? await handler
          .update(id, before, values, this.#context(resource))
          .catch((error: Error) => fail("changed", resource, error))
      : { outputs: {} };
    this.#record("update", resource);
    return stateOnWire(news, { ...added, ...outputs });
  }

  async delete(resource: ResourceName, id: string, olds: Properties): Promise<void> {
    const handler = this.#handler(resource.type);
    await handler
      ?.delete?.(id, handlerProperties(olds), this.#context(resource))
      .catch((error: Error) => fail("deleted", resource, error));
    this.#record("delete", resource);
  }

  /** Answers a provider function such as `aws.getRegion`. */
  invoke(token: string, inputs: Properties): Properties {
    return answerInvoke(token, handlerProperties(inputs), this.#options.identity);
  }

  #handler(type: string): ResourceHandler | undefined {
    return this.#options.handlers[type === NETWORK_TYPE ? CROSSWALK_VPC : type];
  }

  #context({ type, name }: ResourceName): HandlerContext {
    return this.#options.context(type === NETWORK_TYPE ? CROSSWALK_VPC : type, name);
  }

  #record(kind: Operation["kind"], { type, name }: ResourceName): void {
    this.operations.push({ kind, type, name, emulated: this.#handler(type) !== undefined });
  }

  #values(wire: Properties): Properties {
    return substitute(handlerProperties(wire), this.#options.lateValues) as Properties;
  }
}

function fail(verb: string, { type, name }: ResourceName, error: Error): never {
  throw new Error(`${type} "${name}" could not be ${verb} on the emulator: ${error.name}: ${error.message}`, {
    cause: error,
  });
}

/** Puts late values in place of their placeholders, which are whole texts; assets stay as they are. */
function substitute(value: unknown, late: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return late.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => substitute(item, late));
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, late)]));
}
