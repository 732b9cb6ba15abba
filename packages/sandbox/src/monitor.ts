import type * as pulumi from "@pulumi/pulumi";
import { declaredState } from "./declared.ts";
import type { Identity } from "./identity.ts";
import { answerInvoke } from "./invokes.ts";
import { keepSecrets, plain, withIds } from "./plain.ts";
import type { HandlerContext, Properties, ResourceHandler, ResourceState } from "./resources/handler.ts";

/**
 * How a resource came to be: made on the emulator; declared (an id and nothing behind it); or a component, which is no
 * resource of AWS's.
 */
export type Provenance = "emulated" | "declared" | "component";

/** How a monitor makes resources. */
export interface Making {
  /** Type token to handler. */
  handlers: Readonly<Record<string, ResourceHandler>>;
  /** Makes the context of one operation. */
  context(type: string, name: string): HandlerContext;
  /** Texts that became known while the program ran, put in place of their placeholders in inputs. */
  lateValues: ReadonlyMap<string, string>;
  /** Told of each resource that was made on the emulator. */
  onMade(type: string, state: ResourceState): void;
}

export interface MonitorOptions {
  identity: Identity;
  /** Absent: a preview, where nothing is made and what only AWS knows stays unknown. */
  making?: Making;
  /** Told of each failure; the first one ends the program. */
  onFailure(error: Error): void;
}

/** Pulumi's own types, which are made by its runtime and not by a provider. */
function isOfPulumi(type: string): boolean {
  return type.startsWith("pulumi:");
}

/**
 * The monitor that a program talks to instead of Pulumi's engine: it makes each resource on the emulator when it is
 * registered, so that real ids and ARNs flow through the program's Outputs (pulumi.com/docs/iac/concepts/testing/unit, with
 * mocks that do the work).
 */
export class EmulatingMonitor implements pulumi.runtime.Mocks {
  /** How each `type::name` came to be, in the order of registration. */
  readonly provenance = new Map<string, Provenance>();

  readonly #options: MonitorOptions;

  constructor(options: MonitorOptions) {
    this.#options = options;
  }

  async newResource(args: pulumi.runtime.MockResourceArgs): Promise<pulumi.runtime.MockResourceResult> {
    const inputs = (await withIds(args.inputs)) as Properties;
    const made = await this.#orFail(() => this.#make({ ...args, inputs }));
    const state = { ...(plain(inputs) as Properties), ...made?.outputs };
    return { id: made?.id, state: keepSecrets(state, inputs) };
  }

  async call(args: pulumi.runtime.MockCallArgs): Promise<pulumi.runtime.MockCallResult> {
    const inputs = plain(args.inputs) as Properties;
    return this.#orFail(async () => answerInvoke(args.token, inputs, this.#options.identity));
  }

  /** The resource's state; undefined in a preview. */
  async #make(args: pulumi.runtime.MockResourceArgs): Promise<ResourceState | undefined> {
    const { type, name, custom, id } = args;
    const { making, identity } = this.#options;
    const key = `${type}::${name}`;
    // `awsx:ec2:Vpc` is registered as a component too (its children are made by its own provider), and has a handler.
    if (isOfPulumi(type) || (custom === false && !type.startsWith("awsx:"))) {
      this.provenance.set(key, "component");
      return making && { id: id || name, outputs: {} };
    }
    const handler = making?.handlers[type];
    this.provenance.set(key, handler ? "emulated" : "declared");
    if (!making) return undefined;
    const inputs = substitute(plain(args.inputs), making.lateValues) as Properties;
    if (!handler) return declaredState(type, name, inputs, identity);
    const ctx = making.context(type, name);
    if (id) return (await handler.read?.(id, inputs, ctx)) ?? { id, outputs: {} };
    try {
      const state = await handler.create(inputs, ctx);
      making.onMade(type, state);
      return state;
    } catch (error) {
      const { name: kind, message } = error as Error;
      throw new Error(`${type} "${name}" could not be made on the emulator: ${kind}: ${message}`, { cause: error });
    }
  }

  /**
   * Reports a failure and then answers never: an error that went back would reject every Output that hangs on the resource,
   * each with nobody to catch it. The program is abandoned as a whole instead.
   */
  async #orFail<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#options.onFailure(error as Error);
      return new Promise<never>(() => {});
    }
  }
}

/** Puts late values in place of their placeholders, which are whole strings. */
function substitute(value: unknown, late: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return late.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => substitute(item, late));
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, late)]));
}
