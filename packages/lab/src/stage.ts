import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { freePort, type ProvisionedStage, readLogs, type Sandbox, type WafLogRecord } from "@palisade/sandbox";
import type { ResolvedStageOutputs, StageOutputs } from "@palisade/stacks/outputs";
import type { Connection } from "mysql2/promise";
import { ACCESS_LOG_FORMAT } from "../../secure-gateway/src/gateway/access-log-format.ts";
import type { ResolvedAccountOutputs } from "./account.ts";
import { type StageWatch, watchOf } from "./watch.ts";

/** The stages that have an API to attack. */
export const STAGES = ["weak", "prod"] as const;

/** The name of a stage that the lab can stand up. */
export type StageName = (typeof STAGES)[number];

/** The addresses that the lab tells prod's firewall to deny. */
export const DENIED_RANGE = "127.0.9.0/24";

/** The domain in front of prod's API; the sandbox serves it with a certificate of its own. */
export const DOMAIN = {
  name: "api.palisade.example",
  certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
} as const;

/** The one page of another origin that may read prod's answers in a browser. */
export const CORS_ORIGIN = "https://partners.palisade.example";

/** The lab's own way to a stage's database, past every user of the API. */
export interface LabDatabase {
  /** Runs a statement and answers its rows; a list for `?` becomes a list of values. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** Logins that the server refused, with the reason: on Aurora the log `iam-db-auth-error`. */
  refusedLogins(): readonly { readonly time: number; readonly user: string; readonly reason: string }[];
  /** Whether the server refuses a token that is older than 15 minutes: a switch of the sandbox, which AWS has not. */
  judgeTokenAge(judged: boolean): void;
  close(): Promise<void>;
}

/** The access log of a stage's API. */
export interface StageAccessLog {
  /** Whether the stage keeps it; else these are the lines that a log of SecureGateway's format would have had. */
  readonly kept: boolean;
  readonly lines: readonly string[];
}

/** A deployed stage as the lab uses it. */
export interface RunningStage {
  readonly stage: string;
  readonly outputs: ResolvedStageOutputs;
  /** What a client on the internet would call, without a trailing slash. */
  readonly edgeUrl: string;
  /** The gateway behind the edge. */
  readonly baseUrl: string;
  /** The partners' page; absent where the stage has none (weak). */
  readonly pageUrl?: string;
  readonly emulatorUrl: string;
  readonly region: string;
  readonly clients: Sandbox["clients"];
  readonly database: LabDatabase;
  readonly resources: { readonly emulated: number; readonly declared: number };
  /** The resources that are only declared, by type, each once, sorted. */
  readonly declaredTypes: readonly string[];
  readonly provisionMs: number;
  /** The log of the web ACL in front of the stage; empty where it has none. */
  wafLog(): readonly WafLogRecord[];
  /** The gateway's access log. Absent in the stages of tests. */
  accessLog?(): Promise<StageAccessLog>;
  /** Lets what was changed in the web ACL count. */
  reloadWebAcl(): Promise<void>;
  /** Lets what was changed in the API's addresses and its cache count. */
  reloadGateway(): Promise<void>;
  /** Empties the gateway's response cache. */
  flushCache(): void;
  /** Where an operator looks for what happened; absent where nobody does (some tests). */
  readonly watch?: StageWatch;
  /** Folder for functions that are built with a stand-in. */
  readonly bundleDirectory: string;
}

/** The names of one function in AWS. */
export function functionOf(stage: RunningStage, target: string): { functionName: string; roleName: string } {
  const found = stage.outputs.functions[target];
  if (!found) {
    const names = Object.keys(stage.outputs.functions).join(", ");
    throw new Error(`the outputs of ${stage.stage} name no function ${target}; they name ${names}`);
  }
  return found;
}

/**
 * Deploys a stage to the sandbox, as its program is.
 *
 * @param account what the account's stage made, where it stands in the same sandbox
 */
export async function standUp(
  sandbox: Sandbox,
  stage: StageName,
  account?: ResolvedAccountOutputs,
): Promise<RunningStage> {
  // Loaded when it is needed: with the program comes Pulumi's AWS package, which takes its time.
  const { default: program } = await import("@palisade/stacks");
  const provisioned = await sandbox.provision({
    stage,
    program: program as () => Promise<StageOutputs>,
    config: {
      "palisade:deniedAddresses": JSON.stringify([DENIED_RANGE]),
      ...(await pageSettings(sandbox.emulatorUrl)),
      "palisade:domain": JSON.stringify(DOMAIN),
      "palisade:corsOrigin": CORS_ORIGIN,
    },
  });
  const { edgeUrl, baseUrl, pageUrl, counts, resources, ms, wafLog, reloadWebAcl, reloadGateway, flushCache } =
    provisioned;
  const outputs = provisioned.outputs as ResolvedStageOutputs;
  if (edgeUrl === undefined || baseUrl === undefined) throw new Error(`the outputs of ${stage} name no API`);
  return {
    stage,
    outputs,
    edgeUrl,
    baseUrl,
    pageUrl,
    emulatorUrl: sandbox.emulatorUrl,
    region: sandbox.identity.region,
    clients: sandbox.clients,
    database: await openDatabase(sandbox, provisioned),
    resources: counts,
    declaredTypes: [...new Set(resources.filter(({ emulated }) => !emulated).map(({ type }) => type))].sort(),
    provisionMs: ms,
    accessLog: () => accessLogOf(sandbox.clients, provisioned),
    wafLog,
    reloadWebAcl,
    reloadGateway,
    flushCache,
    watch: watchOf(sandbox, provisioned, account),
    bundleDirectory: join(sandbox.directory, "stand-ins"),
  };
}

/** A stage's access log as it is, or as it would be where the stage keeps none. */
export async function accessLogOf(
  clients: Sandbox["clients"],
  stage: Pick<ProvisionedStage<unknown>, "deliverAccessLog" | "accessLogLines">,
): Promise<StageAccessLog> {
  const logGroup = await stage.deliverAccessLog();
  if (logGroup === undefined) return { kept: false, lines: await stage.accessLogLines(ACCESS_LOG_FORMAT) };
  return { kept: true, lines: (await readLogs(clients, logGroup)).map(({ message }) => message) };
}

/**
 * The page's configuration: a host that nobody resolves, and in its place a port of 127.0.0.1, which must be known before anything is made,
 * because the user pool sends people back there.
 */
async function pageSettings(emulatorUrl: string): Promise<Record<string, string>> {
  return {
    "palisade:pageDomain": "shop.palisade.example",
    "palisade:pageCertificateArn":
      "arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-4000-8000-000000000000",
    "palisade:pageOriginSecret": randomBytes(32).toString("hex"),
    "palisade:pageOrigin": `http://127.0.0.1:${await freePort()}`,
    "palisade:loginUrl": emulatorUrl,
  };
}

/** Opens the lab's own connection, and lets the server log statements: the log is what shows a prepared statement. */
async function openDatabase(sandbox: Sandbox, { outputs }: ProvisionedStage<StageOutputs>): Promise<LabDatabase> {
  const { clusterIdentifier } = outputs.database as ResolvedStageOutputs["database"];
  const server = sandbox.databases.get(clusterIdentifier);
  if (!server) {
    const known = [...sandbox.databases.keys()].join(", ") || "no cluster";
    throw new Error(`the stage's cluster ${clusterIdentifier} has no server; the sandbox has servers for ${known}`);
  }
  const refusedLogins = () =>
    server.log().flatMap(({ event, time, user, reason = "" }) => (event === "refused" ? [{ time, user, reason }] : []));
  const database = labDatabase(await server.adminConnection(), { refusedLogins, judgeTokenAge: server.judgeTokenAge });
  await database.query("SET GLOBAL log_output = 'TABLE'");
  await database.query("SET GLOBAL general_log = ON");
  return database;
}

/** A database over an open connection, which it closes. */
export function labDatabase(
  connection: Pick<Connection, "query" | "end">,
  server: Pick<LabDatabase, "refusedLogins" | "judgeTokenAge"> = { refusedLogins: () => [], judgeTokenAge: () => {} },
): LabDatabase {
  return {
    ...server,
    query: async (sql, values) => {
      const [rows] = await connection.query(sql, values as unknown[]);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    },
    close: () => connection.end(),
  };
}
