import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { LocalWorkspace, type OpMap, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { awsClients } from "../clients.ts";
import { type DatabaseServer, startDatabaseServer } from "../database/index.ts";
import { ACCOUNT_ID, ADMINISTRATOR, startEmulator } from "../emulator/index.ts";
import { type Identity, physicalName } from "../identity.ts";
import type { OnProgress } from "../paths.ts";
import { startPermissions } from "../permissions/index.ts";
import { DATABASE_CA, sandboxConfig } from "../provision.ts";
import type { ResourceHandler } from "../resources/handler.ts";
import { withoutProtection } from "./protection.ts";
import { EmulatorProvider } from "./provider.ts";
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

/** How many resources of one type the run made. */
export interface TypeCount {
  type: string;
  count: number;
  /** False: declared only, nothing stands behind them. */
  emulated: boolean;
}

export interface EngineReport {
  stage: string;
  /** Operations that the engine planned and did, as it counts them. */
  preview: OpMap;
  up: OpMap;
  /** Of the second deployment: an unchanged program changes nothing, and this is `same` alone. */
  secondUp: OpMap;
  /** Of the deployment that lifts the protection from deletion, which a stage's owner would make before deleting it. */
  unprotect: OpMap;
  destroy: OpMap;
  /** What the first deployment made, by type. */
  counts: TypeCount[];
}

/** A stack of the real engine, and the provider that makes its resources. */
export interface EngineSession {
  stack: Stack;
  /** What it was asked for so far is in `operations`. */
  provider: EmulatorProvider;
}

/**
 * Runs a program with Pulumi's own engine, whose CLI must be on PATH, against the emulator: preview, up, up once more, up
 * without protection from deletion, destroy.
 *
 * @throws What the engine says, when one of the steps fails.
 */
export function runEngine(options: EngineOptions): Promise<EngineReport> {
  const { stage } = options;
  const onProgress = options.onProgress ?? (() => {});
  return withEngine(options, async ({ stack, provider }) => {
    onProgress(`${stage}: preview`);
    const { changeSummary: preview } = await stack.preview();
    onProgress(`${stage}: up`);
    const up = await stack.up();
    const counts = countByType(provider);
    onProgress(`${stage}: up once more`);
    const again = await stack.up();
    onProgress(`${stage}: up without protection from deletion`);
    stack.workspace.program = withoutProtection(options.program);
    const lifted = await stack.up();
    onProgress(`${stage}: destroy`);
    const destroyed = await stack.destroy();
    return {
      stage,
      preview,
      up: changesOf(up),
      secondUp: changesOf(again),
      unprotect: changesOf(lifted),
      destroy: changesOf(destroyed),
      counts,
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
  const served = await Promise.all(
    PACKAGES.map(async (name) => ({ name, ...(await serveProvider(provider, installedVersion(name))) })),
  );
  try {
    const attached = served.map(({ name, port }) => `${name}:${port}`).join(",");
    const stack = await createStack(options, attached);
    await stack.setAllConfig(
      Object.fromEntries(
        Object.entries({ ...options.config, ...sandboxConfig(region, emulator.url) }).map(([key, value]) => [
          key,
          { value },
        ]),
      ),
    );
    return await use({ stack, provider });
  } finally {
    for (const { close } of served) close();
    clients.destroy();
    await Promise.all(databases.map((database) => database.stop()));
    await permissions.close();
    await emulator.stop();
  }
}

function changesOf({ summary }: { summary: { resourceChanges?: OpMap } }): OpMap {
  return summary.resourceChanges ?? {};
}

/** The packages whose resources the program makes; each is attached by name, as its own plugin would be. */
const PACKAGES = ["aws", "awsx"];

function installedVersion(name: string): string {
  return createRequire(import.meta.url)(`@pulumi/${name}/package.json`).version;
}

async function createStack(options: EngineOptions, attached: string): Promise<Stack> {
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

function countByType(provider: EmulatorProvider): TypeCount[] {
  const counts = new Map<string, TypeCount>();
  for (const { kind, type, emulated } of provider.operations) {
    if (kind !== "create") continue;
    const count = counts.get(type) ?? { type, count: 0, emulated };
    count.count++;
    counts.set(type, count);
  }
  return [...counts.values()].sort((a, b) => a.type.localeCompare(b.type));
}
