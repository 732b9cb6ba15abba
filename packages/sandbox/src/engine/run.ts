import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { LocalWorkspace, type OpMap, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { type AwsClients, awsClients } from "../clients.ts";
import { type DatabaseServer, startDatabaseServer } from "../database/index.ts";
import { ACCOUNT_ID, ADMINISTRATOR, startEmulator } from "../emulator/index.ts";
import { type Identity, physicalName } from "../identity.ts";
import type { OnProgress } from "../paths.ts";
import { startPermissions } from "../permissions/index.ts";
import { DATABASE_CA, sandboxConfig } from "../provision.ts";
import type { ResourceHandler } from "../resources/handler.ts";
import { editFaults, withEditedApi } from "./edit.ts";
import { withoutProtection } from "./protection.ts";
import { EmulatorProvider, type Operation } from "./provider.ts";
import { inventory } from "./remains.ts";
import { serveProvider } from "./serve.ts";

export interface EngineOptions {
  /** The stack's name. */
  stage: string;
  program: PulumiFn;
  /** Configuration by full key; `aws:region` is the region that is played. */
  config: Readonly<Record<string, string>>;
  handlers: Readonly<Record<string, ResourceHandler>>;
  /** Folder for all that the run writes; the caller removes it. */
  directory: string;
  onProgress?: OnProgress;
}

/** What the run did with resources of one type. */
export interface TypeCount {
  type: string;
  /** How many it made until the second deployment. */
  count: number;
  /** How many it changed, and how many it deleted, in all. */
  changed: number;
  deleted: number;
  /** False: declared only, nothing stands behind them. */
  emulated: boolean;
}

export interface EngineReport {
  stage: string;
  /** Operations that the engine planned and did, as it counts them. */
  preview: OpMap;
  up: OpMap;
  /** How many resources were made when the first deployment was interrupted, as by Ctrl-C; 0: the program is too small for it. */
  interruptedAfter: number;
  /** Of the second deployment: an unchanged program changes nothing, and this is `same` alone. */
  secondUp: OpMap;
  /** Of reading every resource back. */
  refresh: OpMap;
  /** Of a change of the API: a new deployment of it, before the old one goes. */
  edit: OpMap;
  /** Of the deployment that lifts the protection from deletion, which a stage's owner would make before deleting it. */
  unprotect: OpMap;
  destroy: OpMap;
  /** What was made, changed and deleted, by type. */
  counts: TypeCount[];
  /** What is wrong: sentences. Empty: each step did what it must. */
  faults: string[];
}

/** A stack of the real engine, and the provider that makes its resources. */
export interface EngineSession {
  stack: Stack;
  /** What it was asked for so far is in `operations`. */
  provider: EmulatorProvider;
  /** To look at the emulator with. */
  clients: AwsClients;
}

/**
 * Runs a program with Pulumi's own engine, whose CLI must be on PATH, against the emulator: preview, an up that is
 * interrupted and one that ends it, up once more, refresh, up with an edit, up without protection from deletion, destroy.
 *
 * @throws What the engine says, when one of the steps fails.
 */
export function runEngine(options: EngineOptions): Promise<EngineReport> {
  const { stage } = options;
  const onProgress = options.onProgress ?? (() => {});
  return withEngine(options, async ({ stack, provider, clients }) => {
    const before = await inventory(clients);
    onProgress(`${stage}: preview`);
    const { changeSummary: preview } = await stack.preview();
    onProgress(`${stage}: up, interrupted`);
    const interruptedAfter = await interrupt(stack, provider, preview.create ?? 0);
    onProgress(`${stage}: up`);
    const up = changesOf(await stack.up());
    const made = provider.operations.length;
    onProgress(`${stage}: up once more`);
    const secondUp = changesOf(await stack.up());
    onProgress(`${stage}: refresh`);
    const refresh = changesOf(await stack.refresh());
    onProgress(`${stage}: up with an edit`);
    const beforeEdit = provider.operations.length;
    stack.workspace.program = withEditedApi(options.program);
    const edit = changesOf(await stack.up());
    const edited = provider.operations.slice(beforeEdit);
    onProgress(`${stage}: up without protection from deletion`);
    stack.workspace.program = withoutProtection(withEditedApi(options.program));
    const unprotect = changesOf(await stack.up());
    onProgress(`${stage}: destroy`);
    const destroy = changesOf(await stack.destroy());
    const remains = (await inventory(clients)).filter((each) => !before.includes(each));
    const first = provider.operations.slice(0, made);
    return {
      stage,
      preview,
      interruptedAfter,
      up,
      secondUp,
      refresh,
      edit,
      unprotect,
      destroy,
      counts: countByType(provider.operations, made),
      faults: [
        ...madeTwice(first).map((name) => `${name} was made twice, though the interrupted deployment had made it`),
        ...(unchanged(secondUp) ? [] : ["the second deployment must change nothing"]),
        ...(unchanged(refresh) ? [] : ["reading the resources back must change nothing"]),
        ...(first.some(({ type }) => type === "aws:apigateway/deployment:Deployment") ? editFaults(edited) : []),
        ...remains.map((each) => `destroy left on the emulator ${each}`),
      ],
    };
  });
}

/** Opens a stack with Pulumi's own engine against an emulator of its own, and closes everything when its use ends. */
export async function withEngine<T>(options: EngineOptions, use: (session: EngineSession) => Promise<T>): Promise<T> {
  const { directory, stage, handlers } = options;
  const onProgress = options.onProgress ?? (() => {});
  const region = options.config["aws:region"] ?? "us-east-1";
  const identity: Identity = { region, accountId: ACCOUNT_ID, partition: "aws" };
  await mkdir(directory, { recursive: true });
  let emulatorUrl: string | undefined;
  const permissions = await startPermissions({ ...identity, emulatorUrl: () => emulatorUrl });
  const emulator = await startEmulator({ directory, region, onProgress, permissionsUrl: permissions.url });
  emulatorUrl = emulator.url;
  const clients = awsClients({
    endpoint: emulator.url,
    permissionsEndpoint: permissions.url,
    region,
    ...ADMINISTRATOR,
  });
  const databases: DatabaseServer[] = [];
  const lateValues = new Map<string, string>();
  const provider = new EmulatorProvider({
    identity,
    handlers,
    lateValues,
    context: (type, name) => ({
      ...identity,
      clients,
      emulatorUrl: emulator.url,
      stage,
      type,
      name,
      directory,
      physicalName: (maximumLength) => physicalName(name, maximumLength),
      startDatabase: async (request) => {
        const database = await startDatabaseServer(request);
        databases.push(database);
        lateValues.set(DATABASE_CA, database.caPem);
        return database;
      },
    }),
  });
  const { attached, close } = await servePackages(provider);
  try {
    const stack = await openStack(options, attached, { ...options.config, ...sandboxConfig(region, emulator.url) });
    return await use({ stack, provider, clients });
  } finally {
    close();
    clients.destroy();
    await Promise.all(databases.map((database) => database.stop()));
    await permissions.close();
    await emulator.stop();
  }
}

/** Fewer resources than these are made before an interruption reaches the engine. */
const INTERRUPTIBLE = 20;

/** Milliseconds for which the rejections of an interrupted program are expected. */
const STRAYS_MS = 3_000;

/**
 * A deployment that is interrupted as by Ctrl-C when a third of its resources are made: the engine finishes what it is at and stops.
 *
 * @returns How many were made; 0 when the program is too small to be interrupted.
 */
async function interrupt(stack: Stack, provider: EmulatorProvider, planned: number): Promise<number> {
  if (planned < INTERRUPTIBLE) return 0;
  const controller = new AbortController();
  const watch = setInterval(() => {
    if (provider.operations.length >= planned / 3) controller.abort();
  }, 20);
  try {
    await stack.up({ signal: controller.signal });
  } catch (error) {
    if (!controller.signal.aborted) throw error;
  } finally {
    clearInterval(watch);
  }
  // The program runs in this process, and what of it still waits for the engine is rejected by and by, with nobody to catch it.
  await setTimeout(STRAYS_MS);
  return provider.operations.length;
}

/** Resources that were made more than once, and not because one took the place of another. */
function madeTwice(operations: readonly Operation[]): string[] {
  const names = operations.filter(({ kind }) => kind === "create").map(({ type, name }) => `${type} ${name}`);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** Whether a step left everything as it was. */
export function unchanged(changes: OpMap): boolean {
  return Object.entries(changes).every(([operation, count]) => operation === "same" || count === 0);
}

function changesOf({ summary }: { summary: { resourceChanges?: OpMap } }): OpMap {
  return summary.resourceChanges ?? {};
}

/** The packages whose resources the program makes; each is attached by name, as its own plugin would be. */
const PACKAGES = ["aws", "awsx"];

function installedVersion(name: string): string {
  return createRequire(import.meta.url)(`@pulumi/${name}/package.json`).version;
}

/** Serves a provider under the name of each package. `attached` is what `PULUMI_DEBUG_PROVIDERS` says of them. */
export async function servePackages(provider: EmulatorProvider): Promise<{ attached: string; close(): void }> {
  const served = await Promise.all(
    PACKAGES.map(async (name) => ({ name, ...(await serveProvider(provider, installedVersion(name))) })),
  );
  return {
    attached: served.map(({ name, port }) => `${name}:${port}`).join(","),
    close: () => {
      for (const { close } of served) close();
    },
  };
}

/** A stack with a backend and a home of its own, and with its configuration. */
export async function openStack(
  options: Pick<EngineOptions, "stage" | "program" | "directory">,
  attached: string,
  config: Readonly<Record<string, string>>,
): Promise<Stack> {
  const stack = await createStack(options, attached);
  await stack.setAllConfig(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])));
  return stack;
}

async function createStack(
  options: Pick<EngineOptions, "stage" | "program" | "directory">,
  attached: string,
): Promise<Stack> {
  const folder = async (name: string) => {
    const path = join(options.directory, name);
    await mkdir(path, { recursive: true });
    return path;
  };
  return LocalWorkspace.createOrSelectStack(
    { stackName: options.stage, projectName: "palisade", program: options.program },
    {
      workDir: await folder("work"),
      // Its own home, so that neither a login nor a plugin of the user's is used.
      pulumiHome: await folder("home"),
      projectSettings: {
        name: "palisade",
        runtime: "nodejs",
        backend: { url: `file://${await folder("state")}` },
      },
      secretsProvider: "passphrase",
      envVars: {
        // Encrypts the secrets of a state that is deleted with the run; it protects nothing.
        PULUMI_CONFIG_PASSPHRASE: "palisade",
        PULUMI_DEBUG_PROVIDERS: attached,
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_SKIP_UPDATE_CHECK: "true",
      },
    },
  );
}

function countByType(operations: readonly Operation[], made: number): TypeCount[] {
  const counts = new Map<string, TypeCount>();
  for (const [index, { kind, type, emulated }] of operations.entries()) {
    const count = counts.get(type) ?? { type, count: 0, changed: 0, deleted: 0, emulated };
    if (kind === "create" && index < made) count.count++;
    if (kind === "update") count.changed++;
    if (kind === "delete") count.deleted++;
    counts.set(type, count);
  }
  return [...counts.values()].sort((a, b) => a.type.localeCompare(b.type));
}
