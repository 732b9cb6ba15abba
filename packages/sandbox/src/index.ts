import { randomBytes } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { type AwsClients, awsClients } from "./clients.ts";
import { type DatabaseServer, startDatabaseServer } from "./database/index.ts";
import { ACCOUNT_ID, ADMINISTRATOR, type Emulator, startEmulator } from "./emulator/index.ts";
import { type Exchange, type Front, startFront } from "./front.ts";
import type { Identity } from "./identity.ts";
import { physicalName } from "./identity.ts";
import { EmulatingMonitor, type Provenance } from "./monitor.ts";
import { labDirectory, type OnProgress } from "./paths.ts";
import { type Program, runProgram } from "./program.ts";
import { handlers } from "./resources/index.ts";

export interface SandboxOptions {
  /** Folder for everything that the sandbox writes; it is removed on close. Default: one of its own in `.lab`. */
  directory?: string;
  /** AWS region that is played. Default: `us-east-1`. */
  region?: string;
  /** Port of the emulator. Default: a free one. */
  port?: number;
  /** Starts the server behind an `aws.rds.Cluster`. Default: a real MariaDB or MySQL. */
  startDatabase?: typeof startDatabaseServer;
  /** Told of each long step. */
  onProgress?: OnProgress;
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

export interface ProvisionOptions<O> {
  /** The stack's name: `weak`, `dev` or `prod`. */
  stage: string;
  program: Program<O>;
  /** Configuration by full key (`aws:region`, `palisade:...`); the sandbox's own keys are added to it. */
  config?: Readonly<Record<string, string>>;
}

export interface ProvisionedStage<O> {
  stage: string;
  /** The stack's outputs, resolved, with secrets as plain values. */
  outputs: pulumi.Unwrap<O>;
  /** Resources of providers in the order of their making; components are not among them. */
  resources: ProvisionedResource[];
  counts: { emulated: number; declared: number };
  /** What a client on the internet would call; undefined when the outputs name no API. */
  edgeUrl: string | undefined;
  /** The gateway itself, behind the edge; undefined when the outputs name no API. */
  baseUrl: string | undefined;
  /** What the front has recorded, oldest first. */
  exchanges(): readonly Exchange[];
  /** Milliseconds from the start of the program to the last resource. */
  ms: number;
}

export interface Sandbox {
  /** Base URL of the emulator, without a trailing slash. */
  emulatorUrl: string;
  identity: Identity;
  directory: string;
  /** AWS SDK clients with the administrator's credentials. */
  clients: AwsClients;
  /** The database servers of the clusters made so far, by cluster identifier. */
  databases: ReadonlyMap<string, DatabaseServer>;
  provision<O>(options: ProvisionOptions<O>): Promise<ProvisionedStage<O>>;
  /** Stops everything and removes the sandbox's folder. */
  close(): Promise<void>;
}

/**
 * Starts a sandbox: an AWS emulator on 127.0.0.1 and what is missing around it. Everything ends with `close()`, and otherwise
 * with this process.
 *
 * @throws SandboxError with one sentence and the remedy when something is missing or in the way.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const region = options.region ?? "us-east-1";
  const identity: Identity = { region, accountId: ACCOUNT_ID, partition: "aws" };
  const directory = options.directory ?? join(labDirectory, `sandbox-${randomBytes(4).toString("hex")}`);
  const onProgress = options.onProgress ?? (() => {});
  await mkdir(directory, { recursive: true });
  const emulator = await startEmulator({ directory, region, port: options.port, onProgress });
  const clients = awsClients({ endpoint: emulator.url, region, ...ADMINISTRATOR });
  const sandbox = new RunningSandbox(
    emulator,
    identity,
    directory,
    clients,
    options.startDatabase ?? startDatabaseServer,
  );
  return sandbox;
}

class RunningSandbox implements Sandbox {
  readonly emulatorUrl: string;
  readonly databases = new Map<string, DatabaseServer>();
  readonly #fronts: Front[] = [];

  constructor(
    readonly emulator: Emulator,
    readonly identity: Identity,
    readonly directory: string,
    readonly clients: AwsClients,
    readonly startDatabase: typeof startDatabaseServer,
  ) {
    this.emulatorUrl = emulator.url;
  }

  async provision<O>({ stage, program, config }: ProvisionOptions<O>): Promise<ProvisionedStage<O>> {
    const lateValues = new Map<string, string>();
    let fail: (error: Error) => void = () => {};
    const failed = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    failed.catch(() => {});
    const monitor = new EmulatingMonitor({
      identity: this.identity,
      handlers,
      lateValues,
      onFailure: fail,
      onMade: (type, { id }) => {
        if (type !== "aws:cognito/userPool:UserPool" || lateValues.has(this.#jwksTemplate())) return;
        lateValues.set(this.#jwksTemplate(), this.#jwksTemplate().replace("{userPoolId}", id));
      },
      context: (type, name) => ({
        ...this.identity,
        clients: this.clients,
        emulatorUrl: this.emulatorUrl,
        stage,
        type,
        name,
        directory: this.directory,
        physicalName: (maximumLength) => physicalName(name, maximumLength),
        startDatabase: async (request) => {
          const database = await this.startDatabase(request);
          this.databases.set(request.clusterIdentifier, database);
          lateValues.set(DATABASE_CA, database.caPem);
          return database;
        },
      }),
    });
    const started = performance.now();
    const { outputs, registrations } = await runProgram(
      program,
      monitor,
      { project: "palisade", stack: stage, config: { ...config, ...this.#config() } },
      failed,
    );
    const ms = Math.round(performance.now() - started);
    const resources = registrations.flatMap(({ type, name, urn, id }) => {
      const provenance = monitor.provenance.get(`${type}::${name}`) as Provenance;
      return provenance === "component" ? [] : [{ type, name, urn, id, emulated: provenance === "emulated" }];
    });
    const emulated = resources.filter((resource) => resource.emulated).length;
    const baseUrl = this.#baseUrl(outputs);
    const front = baseUrl === undefined ? undefined : await startFront({ target: baseUrl });
    if (front) this.#fronts.push(front);
    return {
      stage,
      outputs,
      resources,
      counts: { emulated, declared: resources.length - emulated },
      edgeUrl: front?.url,
      baseUrl,
      exchanges: () => front?.exchanges() ?? [],
      ms,
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#fronts.map((front) => front.close()));
    this.clients.destroy();
    await Promise.all([...this.databases.values()].map((database) => database.stop()));
    await this.emulator.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Keys that the sandbox sets: what a program cannot know of the machine it runs on. */
  #config(): Record<string, string> {
    return {
      "aws:region": this.identity.region,
      "palisade:emulatorUrl": this.emulatorUrl,
      "palisade:jwksUri": this.#jwksTemplate(),
      "palisade:databaseCa": DATABASE_CA,
    };
  }

  /** Where the emulator serves a user pool's public keys, before the pool's id is known. */
  #jwksTemplate(): string {
    return `${this.emulatorUrl}/{userPoolId}/.well-known/jwks.json`;
  }

  /** The gateway's stage by path: `/_aws/execute-api/{apiId}/{stage}` needs no name that a resolver must know. */
  #baseUrl(outputs: unknown): string | undefined {
    const { restApiId, stageName } = (outputs ?? {}) as { restApiId?: unknown; stageName?: unknown };
    if (typeof restApiId !== "string" || typeof stageName !== "string") return undefined;
    return `${this.emulatorUrl}/_aws/execute-api/${restApiId}/${stageName}`;
  }
}

/**
 * The value of `palisade:databaseCa`: the certificate authority exists only once the cluster does, so its PEM takes this
 * placeholder's place in the inputs of every resource made after it. `palisade:jwksUri` is completed in the same way once
 * there is a user pool.
 */
const DATABASE_CA = "{databaseCa}";
