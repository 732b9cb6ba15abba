import { mkdir } from "node:fs/promises";
import { type Connection, createConnection } from "mysql2/promise";
import type { OnProgress } from "../paths.ts";
import { Accounts } from "./accounts.ts";
import { createServerCertificate } from "./certificate.ts";
import { findServer, type ServerProgram } from "./find-server.ts";
import { createIamAuthority, type IamOptions } from "./iam-authority.ts";
import { DatabaseLog, type DatabaseLogRecord } from "./log.ts";
import { startProxy } from "./proxy.ts";
import { type ServerProcess, startServerProcess } from "./server-process.ts";

export type { IamOptions } from "./iam-authority.ts";
export type { DatabaseLogRecord } from "./log.ts";

/** What stands for one `aws.rds.Cluster`. */
export interface DatabaseServerOptions {
  /** Folder for the server's data, socket and log; what was in its `data` is removed. Created if need be. */
  directory: string;
  /** The cluster's identifier, for messages. */
  clusterIdentifier: string;
  databaseName: string;
  masterUsername: string;
  masterPassword: string;
  /**
   * Whether users may log in with a password. Where IAM authentication is on, only the master user may; where it is off, every
   * user. Default: true, since the master user's secret is a password.
   */
  allowPasswords?: boolean;
  /** How IAM tokens are judged; absent or not `enabled`: IAM authentication is off. */
  iam?: IamOptions & { enabled?: boolean };
  /**
   * Parameters of the cluster's parameter group. `require_secure_transport` (`ON` or `1`) refuses logins without TLS; `sql_mode`,
   * `max_allowed_packet`, `wait_timeout` and `lock_wait_timeout` are given to the server; others have no effect here.
   */
  parameters?: Readonly<Record<string, string>>;
  /** The server to use. Default: the one that is found or installed. */
  program?: ServerProgram;
  onProgress?: OnProgress;
}

/** A running server. Clients connect to `host` and `port`, by TLS with `caPem` as the authority. */
export interface DatabaseServer {
  host: string;
  port: number;
  /** The certificate authority of the server's TLS certificate, PEM. */
  caPem: string;
  /** A mysql2 connection as root, past the proxy; multiple statements are allowed. The caller ends it. */
  adminConnection(): Promise<Connection>;
  /** What was logged so far, oldest first. */
  log(): DatabaseLogRecord[];
  /**
   * Whether a token is refused 15 minutes after its signing, as it is from the start. AWS has no such switch: it is here for the lab, which
   * takes the check away to show what stands without it.
   */
  judgeTokenAge(judged: boolean): void;
  stop(): Promise<void>;
}

/** Parameters that mean the same to Aurora MySQL and to MariaDB, by the option that sets them. */
const SERVER_PARAMETERS = ["sql_mode", "max_allowed_packet", "wait_timeout", "lock_wait_timeout"];

/**
 * Starts a MariaDB server and, in front of it, a proxy on a free port of 127.0.0.1 that ends TLS and judges IAM tokens as RDS does.
 *
 * @throws SandboxError with the remedy, where there is no server to start or it does not start
 */
export async function startDatabaseServer(options: DatabaseServerOptions): Promise<DatabaseServer> {
  const program = options.program ?? (await findServer({ onProgress: options.onProgress }));
  await mkdir(options.directory, { recursive: true });
  const parameters = options.parameters ?? {};
  const [certificate, server] = await Promise.all([
    createServerCertificate(),
    startServerProcess(program, {
      ...options,
      serverArguments: SERVER_PARAMETERS.flatMap((name) => {
        const value = parameters[name];
        return value === undefined ? [] : [`--${name.replaceAll("_", "-")}=${value}`];
      }),
    }),
  ]);
  const admin = sharedConnection(server);
  const log = new DatabaseLog();
  let judgesTokenAge = true;
  const iam = options.iam?.enabled === false ? undefined : options.iam;
  const allowPasswords = options.allowPasswords ?? true;
  const proxy = await startProxy({
    connectServer: server.connect,
    certificate,
    accounts: new Accounts(admin.get),
    log,
    iam: iam && { authority: createIamAuthority(iam), region: iam.region },
    judgesTokenAge: () => judgesTokenAge,
    mayUsePassword: (user) => allowPasswords && (iam === undefined || user === options.masterUsername),
    requireTls: /^(1|on)$/i.test(parameters.require_secure_transport ?? ""),
  });
  return {
    host: "127.0.0.1",
    port: proxy.port,
    caPem: certificate.caPem,
    adminConnection: () => connectAsRoot(server, options.databaseName),
    log: () => log.records(),
    judgeTokenAge: (judged) => {
      judgesTokenAge = judged;
    },
    async stop() {
      await proxy.close();
      await admin.close();
      await server.stop();
    },
  };
}

function connectAsRoot(server: ServerProcess, database?: string): Promise<Connection> {
  return createConnection({
    ...server.address,
    user: "root",
    password: server.rootPassword,
    database,
    multipleStatements: true,
  });
}

/** The proxy's own connection as root, opened when first needed. */
function sharedConnection(server: ServerProcess) {
  let opened: Promise<Connection> | undefined;
  return {
    get: () => {
      opened ??= connectAsRoot(server).then((connection) => {
        // Whoever waits for an answer is told; a connection lost while idle is opened anew.
        connection.on("error", () => {
          opened = undefined;
        });
        return connection;
      });
      return opened;
    },
    close: async () => {
      (await opened?.catch(() => undefined))?.destroy();
    },
  };
}
