import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
// Not part of Pulumi's documented surface; its Automation API runs inline programs with the same function.
import * as pulumiState from "@pulumi/pulumi/runtime/state.js";

/** A Pulumi program: registers resources and returns the stack's outputs. */
export type Program<O> = () => Promise<O> | O;

export interface ProgramOptions {
  project: string;
  /** The stack's name. */
  stack: string;
  /** Configuration by full key: `palisade:emulatorUrl`. */
  config: Readonly<Record<string, string>>;
  /** Whether this is a preview, where ids are not known. */
  preview?: boolean;
}

/** One registration as the program sent it. */
export interface Registration {
  type: string;
  name: string;
  urn: string;
  id: string;
  /** The parent's URN; empty for the stack itself. */
  parent: string;
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
}

interface RegisterResponse {
  getUrn(): string;
  getId(): string;
}

type Register = (
  request: RegisterRequest,
  callback: (error: unknown, response: RegisterResponse) => void,
) => Promise<void>;

const { withLocalStorage, getStore } = pulumiState as unknown as {
  withLocalStorage<T>(callback: () => Promise<T>): Promise<T>;
  getStore(): { settings: { monitor: { registerResource: Register } } };
};

const { runInPulumiStack, waitForRPCs } = pulumi.runtime as unknown as {
  runInPulumiStack(program: Program<unknown>): Promise<unknown>;
  waitForRPCs(): Promise<void>;
};

/**
 * Runs a Pulumi program in this process against a monitor of ours, in a store of its own: programs of several stages can run
 * in one process, one after the other or at the same time.
 *
 * @param failed Rejects when the monitor could not do its work; the program is then abandoned.
 * @returns The stack's outputs, resolved, with secrets as plain values; and every registration in order.
 * @throws What the program throws, also within an `apply`.
 */
export async function runProgram<O>(
  program: Program<O>,
  mocks: pulumi.runtime.Mocks,
  options: ProgramOptions,
  failed: Promise<never>,
): Promise<{ outputs: pulumi.Unwrap<O>; registrations: Registration[] }> {
  return withLocalStorage(async () => {
    await pulumi.runtime.setMocks(mocks, options.project, options.stack, options.preview ?? false);
    pulumi.runtime.setAllConfig({ ...options.config });
    const registrations = watchRegistrations(getStore().settings.monitor);
    const strays = catchStrays();
    try {
      const run = async () => {
        const outputs = await runInPulumiStack(program as Program<unknown>);
        await waitForRPCs();
        // Node tells of a rejection that nobody caught at the end of its turn, which is later than the last promise's.
        await setImmediate();
        return (await settle(outputs)) as pulumi.Unwrap<O>;
      };
      const outputs = await Promise.race([run(), failed, strays.first]);
      strays.stop();
      return { outputs, registrations };
    } catch (error) {
      // What hangs on the failure is rejected one by one, each with nobody to catch it; they all say the same.
      setTimeout(strays.stop, STRAYS_MS).unref();
      throw readable(error);
    }
  });
}

/** Milliseconds for which the rejections of an abandoned program are expected. */
const STRAYS_MS = 2_000;

/** Takes off what Pulumi puts in front of an error for each property that the error passed through. */
function readable(error: unknown): unknown {
  if (error instanceof Error) error.message = error.message.replace(/^(?:error serializing property "[^"]*": )+/, "");
  return error;
}

function watchRegistrations(monitor: { registerResource: Register }): Registration[] {
  const registrations: Registration[] = [];
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    register(request, (error, response) => {
      if (!error) {
        registrations.push({
          type: request.getType(),
          name: request.getName(),
          urn: response.getUrn(),
          id: response.getId(),
          parent: request.getParent(),
        });
      }
      callback(error, response);
    });
  return registrations;
}

/**
 * Catches what a program throws where nobody waits: in an `apply` whose Output is dropped. Node calls the listener in the async
 * context of the rejected promise, which tells this program's from another's.
 */
function catchStrays(): { first: Promise<never>; stop(): void } {
  let reject: (error: unknown) => void = () => {};
  const first = new Promise<never>((_resolve, onReject) => {
    reject = onReject;
  });
  first.catch(() => {});
  const store = getStore();
  const listener = (error: unknown) => {
    if (getStore() === store) reject(error);
  };
  process.on("unhandledRejection", listener);
  return { first, stop: () => process.off("unhandledRejection", listener) };
}

/** The outputs' plain values. */
async function settle(outputs: unknown): Promise<unknown> {
  const output = pulumi.output(outputs) as unknown as { promise(withUnknowns?: boolean): Promise<unknown> };
  return output.promise(true);
}
