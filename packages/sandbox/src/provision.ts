import type * as pulumi from "@pulumi/pulumi";
import type { AwsClients } from "./clients.ts";
import type { DatabaseServer, startDatabaseServer } from "./database/index.ts";
import { type Identity, physicalName } from "./identity.ts";
import { EmulatingMonitor } from "./monitor.ts";
import { type Program, type Registration, runProgram } from "./program.ts";
import type { HandlerContext } from "./resources/handler.ts";
import { handlers } from "./resources/index.ts";

/** What provisioning needs of a sandbox. */
export interface Ground {
  identity: Identity;
  clients: AwsClients;
  emulatorUrl: string;
  directory: string;
  /** Where functions reach every address of a threat list: a sink on loopback, `127.0.0.1:<port>`. Default: nowhere. */
  threatSink?: string;
  startDatabase: typeof startDatabaseServer;
  /** Told of each database server at once, so that it is stopped whatever happens next. */
  onDatabase(clusterIdentifier: string, server: DatabaseServer): void;
}

export interface ProvisionOptions<O> {
  /** The stack's name: `weak`, `dev` or `prod`. */
  stage: string;
  program: Program<O>;
  /** Configuration by full key (`palisade:...`); the sandbox's own keys are put over it. */
  config?: Readonly<Record<string, string>>;
}

/** One resource of a provisioned stage. */
export interface ProvisionedResource {
  type: string;
  /** Logical name. */
  name: string;
  urn: string;
  id: string;
  /** True when it was made on the emulator (or is a real server); false when it is declared only. */
  emulated: boolean;
}

/** What a program made. */
export interface Provisioned<O> {
  stage: string;
  /** The stack's outputs, resolved, with secrets as plain values. */
  outputs: pulumi.Unwrap<O>;
  /** Resources of providers in the order of their making; components are not among them. */
  resources: ProvisionedResource[];
  counts: { emulated: number; declared: number };
  /** Milliseconds from the start of the program to the last resource. */
  ms: number;
}

/**
 * The value of `palisade:databaseCa`: the certificate authority exists only once the cluster does, so its PEM takes this
 * placeholder's place in the inputs of every resource made after it. `palisade:jwksUri` is completed in the same way once
 * there is a user pool.
 */
export const DATABASE_CA = "{databaseCa}";

/** Where the emulator serves a user pool's public keys, before the pool's id is known. */
export function jwksTemplate(emulatorUrl: string): string {
  return `${emulatorUrl}/{userPoolId}/.well-known/jwks.json`;
}

/** Keys that the sandbox sets: what a program cannot know of the machine it runs on. */
export function sandboxConfig(region: string, emulatorUrl: string, threatSink?: string): Record<string, string> {
  return {
    ...(threatSink !== undefined && { "palisade:threatSink": threatSink }),
    "aws:region": region,
    "palisade:emulatorUrl": emulatorUrl,
    "palisade:jwksUri": jwksTemplate(emulatorUrl),
    "palisade:databaseCa": DATABASE_CA,
  };
}

/**
 * Runs a program and makes its resources.
 *
 * @throws What the program throws, or the first error of a resource, with its type and name.
 */
export async function provision<O>(ground: Ground, options: ProvisionOptions<O>): Promise<Provisioned<O>> {
  const { identity, emulatorUrl } = ground;
  const { stage, program, config } = options;
  const lateValues = new Map<string, string>();
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const monitor = new EmulatingMonitor({
    identity,
    onFailure: fail,
    making: {
      handlers,
      lateValues,
      context: (type, name) => contextOf(ground, stage, type, name, lateValues),
      onMade: (type, { id }) => {
        const template = jwksTemplate(emulatorUrl);
        // A stage with several pools has the first one's keys: the authorizer trusts one pool.
        if (type !== "aws:cognito/userPool:UserPool" || lateValues.has(template)) return;
        lateValues.set(template, template.replace("{userPoolId}", id));
      },
    },
  });
  const started = performance.now();
  const { outputs, registrations } = await runProgram(
    program,
    monitor,
    {
      project: "palisade",
      stack: stage,
      config: { ...config, ...sandboxConfig(identity.region, emulatorUrl, ground.threatSink) },
    },
    failed,
  );
  const ms = Math.round(performance.now() - started);
  const resources = registrations.flatMap((registration) => provisioned(registration, monitor));
  const emulated = resources.filter((resource) => resource.emulated).length;
  return { stage, outputs, resources, counts: { emulated, declared: resources.length - emulated }, ms };
}

function provisioned({ type, name, urn, id }: Registration, monitor: EmulatingMonitor): ProvisionedResource[] {
  const provenance = monitor.provenance.get(`${type}::${name}`);
  return provenance === "component" ? [] : [{ type, name, urn, id, emulated: provenance === "emulated" }];
}

function contextOf(
  ground: Ground,
  stage: string,
  type: string,
  name: string,
  lateValues: Map<string, string>,
): HandlerContext {
  return {
    ...ground.identity,
    clients: ground.clients,
    emulatorUrl: ground.emulatorUrl,
    directory: ground.directory,
    stage,
    type,
    name,
    physicalName: (maximumLength) => physicalName(name, maximumLength),
    startDatabase: async (request) => {
      const server = await ground.startDatabase(request);
      ground.onDatabase(request.clusterIdentifier, server);
      lateValues.set(DATABASE_CA, server.caPem);
      return server;
    },
  };
}
