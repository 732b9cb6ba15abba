import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type AwsClients, awsClients, s3Client } from "./clients.ts";
import { type DatabaseServer, startDatabaseServer } from "./database/index.ts";
import { type Edge, openEdge, type WafLogRecord } from "./edge/index.ts";
import { ACCOUNT_ID, ADMINISTRATOR, type Emulator, startEmulator } from "./emulator/index.ts";
import { type Exchange, type Front, startFront } from "./front.ts";
import { openAccessLog } from "./gateway/access-log.ts";
import { openContexts } from "./gateway/contexts.ts";
import { type ServedDomain, serveDomain } from "./gateway/domains.ts";
import { type Gateway, openGateway } from "./gateway/gateway.ts";
import { startWatch, type ThreatWatch } from "./guardduty/watch.ts";
import type { Identity } from "./identity.ts";
import { type MailCatcher, startCatcher } from "./mail/catcher.ts";
import { type Page, startPage } from "./page.ts";
import { labDirectory, type OnProgress } from "./paths.ts";
import { type Permissions, startPermissions } from "./permissions/index.ts";
import { type Ground, type Provisioned, type ProvisionOptions, provision } from "./provision.ts";
import { removeStale, sandboxName } from "./stale.ts";
import { type DeliveredTrail, startDelivery, type TrailDelivery } from "./trail/delivery.ts";
import { DELIVERY_AGENT } from "./trail/record.ts";

export { compileWebAcl, EdgeError, type EdgeRequest, type Verdict, type WafLogRecord } from "./edge/index.ts";
export { ADMINISTRATOR } from "./emulator/index.ts";
export { installPythonTool, type PythonTool } from "./emulator/install.ts";
export { SandboxError } from "./errors.ts";
export type { Exchange } from "./front.ts";
export { type FedEvent, feedEvent, feedEvents } from "./guardduty/feed.ts";
export type { ObservedCall } from "./guardduty/watch.ts";
export { type DeniedCall, type LogLine, readDenied, readLogs, readRecords } from "./logs.ts";
export type { Mail, MailCatcher } from "./mail/catcher.ts";
export { labDirectory, type OnProgress } from "./paths.ts";
export { prepare as preparePolicies, type Question as PolicyQuestion } from "./permissions/engine.ts";
export type { Permissions, PermissionsFault } from "./permissions/index.ts";
export { freePort } from "./ports.ts";
export { type Capability, CapabilityError, type CapabilityId, probe, requireCapabilities } from "./probe/index.ts";
export type { Program } from "./program.ts";
export type { ProvisionedResource, ProvisionOptions } from "./provision.ts";
export { readStackConfig } from "./stack-config.ts";
export type { DeliveredTrail } from "./trail/delivery.ts";
export type { TrailRecord } from "./trail/record.ts";

export interface SandboxOptions {
  /** Folder for everything that the sandbox writes; it is removed on close. Default: one of its own in `.lab`. */
  directory?: string;
  /** AWS region that is played. Default: `us-east-1`. */
  region?: string;
  /** Port of the emulator. Default: a free one. */
  port?: number;
  /** Seconds between two deliveries to the buckets of trails; 0 for none but those that are asked for. Default: 60. */
  trailSeconds?: number;
  /** Starts the server behind an `aws.rds.Cluster`. Default: a real MariaDB or MySQL. */
  startDatabase?: typeof startDatabaseServer;
  /** Told of each long step. */
  onProgress?: OnProgress;
}

/** A stage that stands: what its program made, and where it is reached. */
export interface ProvisionedStage<O> extends Provisioned<O> {
  /** What a client on the internet would call; undefined when the outputs have no `restApiId` and `stageName`. */
  edgeUrl: string | undefined;
  /** The gateway itself, behind the edge; undefined when the outputs have no `restApiId` and `stageName`. */
  baseUrl: string | undefined;
  /** The stage's page; undefined when the outputs have no `page`, or the configuration no `palisade:pageOrigin`. */
  pageUrl: string | undefined;
  /** What the front has recorded, oldest first: the gateway's log, since the emulator writes no access log. */
  exchanges(): readonly Exchange[];
  /**
   * Writes the exchanges since the last time to the log group and in the format of the stage's deployed access log settings, as API Gateway does.
   *
   * @returns the log group's name; undefined where the stage has no access log
   */
  deliverAccessLog(): Promise<string | undefined>;
  /** The lines that an access log in this format would have had of those exchanges: for a stage that has none. They then count as written. */
  accessLogLines(format: string): Promise<string[]>;
  /** The log of the web ACL that is associated with the stage, oldest record first; empty without a logging configuration. */
  wafLog(): readonly WafLogRecord[];
  /** Managed rule groups of that web ACL, `vendor:name`: declared, never a block, since AWS does not publish their rules. */
  declaredRuleGroups(): readonly string[];
  /** The custom domains that are mapped to the stage, each served over TLS. */
  domains(): readonly Pick<ServedDomain, "name" | "url" | "caPem">[];
  /** Forgets every answer that the stage's cache keeps. */
  flushCache(): void;
  /**
   * Reads the API's addresses and the settings of its cache anew: what was changed with the clients, and deployed where AWS takes it up
   * on deployment only, counts from then on.
   */
  reloadGateway(): Promise<void>;
  /**
   * Reads the web ACL and its association anew: what was changed with the clients counts from then on.
   *
   * @throws EdgeError when it has something that the edge does not evaluate; the stage then denies every request.
   */
  reloadWebAcl(): Promise<void>;
}

export interface Sandbox {
  /** Base URL of the emulator, without a trailing slash. */
  emulatorUrl: string;
  identity: Identity;
  directory: string;
  /** AWS SDK clients with the administrator's credentials. */
  clients: AwsClients;
  /** Verified Permissions, whose questions can be made to go wrong. */
  permissions: Permissions;
  /** Where all mail of SNS's ends. */
  mail: MailCatcher;
  /** Stands in for GuardDuty's Lambda protection: calls to listed addresses, and the findings that they became. */
  threats: Pick<ThreatWatch, "sink" | "calls">;
  /** The database servers of the clusters made so far, by cluster identifier. */
  databases: ReadonlyMap<string, DatabaseServer>;
  /**
   * Makes a stage. Several stages can stand in one sandbox, in one emulated account.
   *
   * @throws What the program throws, or the first error of a resource; what was made until then stays until `close()`.
   */
  provision<O>(options: ProvisionOptions<O>): Promise<ProvisionedStage<O>>;
  /**
   * Writes what the emulator recorded since the last delivery to the bucket of each deployed trail, as CloudTrail does: log files
   * `AWSLogs/<account>/CloudTrail/<region>/yyyy/mm/dd/<account>_CloudTrail_<region>_<time>_<unique>.json.gz`, a digest file where the trail has
   * validation, and the trail's log group. It also happens every `trailSeconds`.
   *
   * @returns one entry for each trail that logs; a bucket whose policy does not let CloudTrail write is named in `refused`
   */
  deliverTrails(): Promise<DeliveredTrail[]>;
  /** The public key of digest files, as CloudTrail's ListPublicKeys gives it: PKCS #1, DER. */
  trailPublicKey(): Buffer;
  /** Stops everything and removes the sandbox's folder. Can be called again. */
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
  await removeStale(labDirectory);
  const directory = options.directory ?? join(labDirectory, sandboxName());
  await mkdir(directory, { recursive: true });
  const { port, onProgress } = options;
  let emulator: Emulator | undefined;
  const permissions = await startPermissions({ ...identity, emulatorUrl: () => emulator?.url });
  const mail = await startCatcher();
  try {
    const { url: permissionsUrl } = permissions;
    emulator = await startEmulator({ directory, region, port, onProgress, permissionsUrl, smtpPort: mail.port });
    const clients = clientsOf(emulator, permissions, region);
    const threats = await startWatch({ identity, clients, directory });
    return new RunningSandbox({ emulator, permissions, mail, threats, clients }, identity, directory, options);
  } catch (error) {
    await permissions.close();
    await mail.close();
    // Kept where the caller chose the folder: the log that the error points to is in it.
    if (options.directory === undefined) await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

function settingsOf(emulator: Emulator, permissions: Permissions, region: string) {
  return { endpoint: emulator.url, permissionsEndpoint: permissions.url, region, ...ADMINISTRATOR };
}

function clientsOf(emulator: Emulator, permissions: Permissions, region: string): AwsClients {
  return awsClients(settingsOf(emulator, permissions, region));
}

/** What a sandbox is made of. */
interface Parts {
  emulator: Emulator;
  permissions: Permissions;
  mail: MailCatcher;
  threats: ThreatWatch;
  clients: AwsClients;
}

/** The API's stage of a program with an API. */
function stageOf(outputs: unknown): { restApiId: string; stageName: string } {
  const { restApiId, stageName } = outputs as { restApiId: string; stageName: string };
  return { restApiId, stageName };
}

/** A stage without an API. */
const NOTHING_IN_FRONT = {
  edgeUrl: undefined,
  baseUrl: undefined,
  pageUrl: undefined,
  exchanges: () => [],
  deliverAccessLog: async () => undefined,
  accessLogLines: async () => [],
  wafLog: () => [],
  declaredRuleGroups: () => [],
  reloadWebAcl: async () => {},
  domains: () => [],
  flushCache: () => {},
  reloadGateway: async () => {},
};

class RunningSandbox implements Sandbox {
  readonly emulatorUrl: string;
  readonly identity: Identity;
  readonly directory: string;
  readonly clients: AwsClients;
  readonly permissions: Permissions;
  readonly mail: MailCatcher;
  readonly threats: ThreatWatch;
  readonly databases = new Map<string, DatabaseServer>();
  readonly #emulator: Emulator;
  readonly #trails: TrailDelivery;
  readonly #startDatabase: typeof startDatabaseServer;
  readonly #fronts: Front[] = [];
  readonly #pages: Page[] = [];
  readonly #domains: ServedDomain[] = [];
  #closing: Promise<void> | undefined;

  constructor(parts: Parts, identity: Identity, directory: string, options: SandboxOptions) {
    const { emulator, permissions, mail, threats, clients } = parts;
    this.emulatorUrl = emulator.url;
    this.identity = identity;
    this.directory = directory;
    this.permissions = permissions;
    this.mail = mail;
    this.threats = threats;
    this.clients = clients;
    const settings = settingsOf(emulator, permissions, identity.region);
    this.#trails = startDelivery({
      identity,
      clients: this.clients,
      s3: s3Client({ ...settings, userAgent: DELIVERY_AGENT }),
      everySeconds: options.trailSeconds ?? 60,
    });
    this.#emulator = emulator;
    const start = options.startDatabase ?? startDatabaseServer;
    this.#startDatabase = (request) => start({ onProgress: options.onProgress, ...request });
  }

  async provision<O>(options: ProvisionOptions<O>): Promise<ProvisionedStage<O>> {
    const ground: Ground = {
      identity: this.identity,
      clients: this.clients,
      emulatorUrl: this.emulatorUrl,
      directory: this.directory,
      threatSink: this.threats.sink,
      startDatabase: this.#startDatabase,
      onDatabase: (clusterIdentifier, server) => this.databases.set(clusterIdentifier, server),
    };
    const made = await provision(ground, options);
    const baseUrl = this.#gatewayUrl(made.outputs);
    if (baseUrl === undefined) return { ...made, ...NOTHING_IN_FRONT };
    const edge = await this.#edge(made.outputs);
    const gateway = await this.#gateway(made.outputs);
    const front = await startFront({ target: baseUrl, edge, gateway });
    this.#fronts.push(front);
    const serve = (domain: Parameters<typeof serveDomain>[0]) => serveDomain(domain, this.clients.s3, front.serve);
    const domains = await Promise.all(gateway.domains().map(serve));
    this.#domains.push(...domains);
    const { wafLog, declared: declaredRuleGroups, reload: reloadWebAcl } = edge;
    const at = stageOf(made.outputs);
    const accessLog = openAccessLog(this.clients, at, front.exchanges, openContexts(this.#emulator.contextsFile, at));
    return {
      ...made,
      edgeUrl: front.url,
      baseUrl,
      pageUrl: await this.#page(made.outputs, front.url, options.config),
      exchanges: front.exchanges,
      deliverAccessLog: accessLog.write,
      accessLogLines: accessLog.lines,
      wafLog,
      declaredRuleGroups,
      reloadWebAcl,
      domains: () => domains,
      flushCache: gateway.flushCache,
      reloadGateway: gateway.reload,
    };
  }

  deliverTrails(): Promise<DeliveredTrail[]> {
    return this.#trails.deliver();
  }

  trailPublicKey(): Buffer {
    return this.#trails.publicKey();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await Promise.all([this.#trails.close(), this.threats.close()]);
    const stops = [
      ...this.#fronts,
      ...this.#pages,
      ...this.#domains,
      ...this.databases.values(),
      this.permissions,
      this.mail,
      this.#emulator,
    ].map((part) => ("close" in part ? part.close() : part.stop()));
    this.clients.destroy();
    // Each is waited for, even where another fails.
    const results = await Promise.allSettled(stops);
    await rm(this.directory, { recursive: true, force: true });
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }

  /** The web ACL in front of the stage, which WAF knows by the stage's ARN. */
  #edge(outputs: unknown): Promise<Edge> {
    const { restApiId, stageName } = stageOf(outputs);
    const { partition, region, accountId } = this.identity;
    const resourceArn = `arn:${partition}:apigateway:${region}::/restapis/${restApiId}/stages/${stageName}`;
    return openEdge({ client: this.clients.wafv2, resourceArn, accountId, directory: this.directory });
  }

  /** The stage's addresses and cache. */
  #gateway(outputs: unknown): Promise<Gateway> {
    return openGateway({ client: this.clients.apiGateway, region: this.identity.region, ...stageOf(outputs) });
  }

  /** Serves the stage's distribution on the port of `palisade:pageOrigin`, where the user pool sends people back to. */
  async #page(
    outputs: unknown,
    edgeUrl: string,
    config: ProvisionOptions<unknown>["config"],
  ): Promise<string | undefined> {
    const { page } = outputs as { page?: { distributionId: string } };
    const origin = config?.["palisade:pageOrigin"];
    if (page === undefined || origin === undefined) return undefined;
    const { cloudFront: client } = this.clients;
    const port = Number(new URL(origin).port);
    const served = await startPage({ client, emulatorUrl: this.emulatorUrl, ...page, edgeUrl, port });
    this.#pages.push(served);
    return served.url;
  }

  /** The gateway's stage by path, which needs no host name that a resolver must know. */
  #gatewayUrl(outputs: unknown): string | undefined {
    const { restApiId, stageName } = (outputs ?? {}) as { restApiId?: unknown; stageName?: unknown };
    if (typeof restApiId !== "string" || typeof stageName !== "string") return undefined;
    return `${this.emulatorUrl}/_aws/execute-api/${restApiId}/${stageName}`;
  }
}
