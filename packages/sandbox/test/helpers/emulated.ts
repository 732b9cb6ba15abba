import { physicalName } from "../../src/identity.ts";
import { type Sandbox, startSandbox } from "../../src/index.ts";
import type { HandlerContext, Properties, ResourceHandler, ResourceState } from "../../src/resources/handler.ts";
import { handlers } from "../../src/resources/index.ts";

/** A sandbox, and the handlers as the monitor and the real engine's provider call them. */
export interface Emulated {
  sandbox: Sandbox;
  /** The context of one operation. */
  context(type: string, name?: string): HandlerContext;
  /** Creates a resource with its type's handler. */
  create(type: string, inputs: Properties, name?: string): Promise<Made>;
}

/** A resource that was made, with the state that the engine would keep. */
export interface Made extends ResourceState {
  /** Inputs and outputs together. */
  state: Properties;
  update(news: Properties): Promise<ResourceState>;
  delete(): Promise<void>;
}

/** A sandbox whose clusters are no servers. */
export async function startEmulated(): Promise<Emulated> {
  const sandbox = await startSandbox({ startDatabase: () => Promise.reject(new Error("no server in this test")) });
  const context = (type: string, name = "thing"): HandlerContext => ({
    ...sandbox.identity,
    clients: sandbox.clients,
    emulatorUrl: sandbox.emulatorUrl,
    directory: sandbox.directory,
    stage: "test",
    type,
    name,
    physicalName: (maximumLength) => physicalName(name, maximumLength),
    startDatabase: () => Promise.reject(new Error("no server in this test")),
  });
  return { sandbox, context, create: (type, inputs, name) => make(context(type, name), type, inputs) };
}

/** Creates a resource with its type's handler and a context. */
export async function make(ctx: HandlerContext, type: string, inputs: Properties): Promise<Made> {
  const handler = handlers[type] as ResourceHandler;
  const { id, outputs } = await handler.create(inputs, ctx);
  const state = { ...inputs, ...outputs };
  return {
    id,
    outputs,
    state,
    async update(news) {
      if (!handler.update) throw new Error(`${type} has no update`);
      return handler.update(id, state, news, ctx);
    },
    async delete() {
      await handler.delete?.(id, state, ctx);
    },
  };
}

/** The name of the error that a call ends with; `ok` when it ends well. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "ok",
    (error: Error) => error.name,
  );
}
