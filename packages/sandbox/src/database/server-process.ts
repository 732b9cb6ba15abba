import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { SandboxError } from "../errors.ts";
import { freePort } from "../ports.ts";
import { cleanEnvironment } from "../process/environment.ts";
import { type GuardedProcess, startGuarded } from "../process/guarded.ts";
import type { ServerProgram } from "./find-server.ts";
import { readPacket } from "./packets.ts";

const execute = promisify(execFile);

/** Linux takes 107 bytes for the path of a unix socket, macOS 103. */
const MAX_SOCKET_PATH = 103;
/** How long the server may take to answer, in milliseconds; a second is usual, a first start of an image takes longer. */
const START_TIMEOUT = { local: 30_000, docker: 180_000 };

/** Sized for a laptop: nothing in the sandbox has to outlive a crash, so nothing is flushed. */
const INNODB = [
  "--innodb-buffer-pool-size=16M",
  "--innodb-log-file-size=4M",
  "--innodb-data-file-path=ibdata1:4M:autoextend",
  "--innodb-flush-log-at-trx-commit=0",
  "--innodb-flush-method=nosync",
  "--innodb-doublewrite=0",
];
const SMALL = [
  "--skip-log-bin",
  "--skip-name-resolve",
  "--performance-schema=OFF",
  "--key-buffer-size=1M",
  "--aria-pagecache-buffer-size=8M",
  "--max-connections=200",
  "--character-set-server=utf8mb4",
  "--collation-server=utf8mb4_general_ci",
  "--local-infile=0",
  "--innodb-fast-shutdown=2",
];

export interface ProcessOptions {
  directory: string;
  databaseName: string;
  masterUsername: string;
  masterPassword: string;
  /** Arguments of the server beside those that make it small, such as `--sql-mode=…`. */
  serverArguments: readonly string[];
}

/** A running server, reachable from this machine only. */
export interface ServerProcess {
  connect(): Promise<Socket>;
  /** How mysql2 reaches it. */
  address: { socketPath: string } | { host: string; port: number };
  rootPassword: string;
  stop(): Promise<void>;
}

/** Sets up a data directory, starts the server on it and waits until it answers. */
export async function startServerProcess(program: ServerProgram, options: ProcessOptions): Promise<ServerProcess> {
  const data = join(options.directory, "data");
  const tmp = join(options.directory, "tmp");
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true });
  await mkdir(tmp, { recursive: true });
  const rootPassword = randomBytes(24).toString("base64url");
  const initFile = join(options.directory, "init.sql");
  // Root's password is set in the first second of the server: an empty one would let any client of the proxy become root.
  await writeFile(initFile, initialStatements(options, rootPassword).join("\n"), { mode: 0o600 });

  const logFile = join(options.directory, "server.log");
  const place = program.kind === "local" ? await localPlace(options.directory) : await dockerPlace();
  try {
    const [command, args] =
      program.kind === "local"
        ? await localCommand(program, options, { data, initFile, logFile, tmp, socketPath: place.listenAt })
        : dockerCommand(program, options, initFile, place.listenAt);
    const guarded = await startGuarded(command, args, {
      cwd: options.directory,
      env: cleanEnvironment(options.directory),
      logFile,
      graceMs: 3000,
    });
    const stop = async () => {
      await guarded.stop();
      await place.remove();
      await rm(initFile, { force: true });
    };
    await waitUntilReady(guarded, place.connect, START_TIMEOUT[program.kind], logFile, stop);
    await rm(initFile, { force: true });
    return { connect: place.connect, address: place.address, rootPassword, stop };
  } catch (error) {
    await place.remove();
    throw error;
  }
}

/** Where a server listens and how it is reached. */
interface Place {
  /** A unix socket's path, or a port. */
  listenAt: string;
  address: ServerProcess["address"];
  connect(): Promise<Socket>;
  /** Removes what lies outside the server's directory. */
  remove(): Promise<void>;
}

/** A unix socket in the server's directory, or, where that path is too long for one, in a folder of its own. */
async function localPlace(directory: string): Promise<Place> {
  const wanted = join(directory, "data", "db.sock");
  const short = [wanted, relative(process.cwd(), wanted)].find((path) => Buffer.byteLength(path) <= MAX_SOCKET_PATH);
  const folder = short === undefined ? await mkdtemp(join(tmpdir(), "palisade-socket-")) : undefined;
  const socketPath = short ?? join(folder ?? "", "db.sock");
  return {
    // The server works in its data directory, so a bare name is enough for it, however long the path is.
    listenAt: folder === undefined ? "db.sock" : socketPath,
    address: { socketPath },
    connect: () => open(() => connect({ path: socketPath })),
    remove: async () => {
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function dockerPlace(): Promise<Place> {
  const port = await freePort();
  return {
    listenAt: String(port),
    address: { host: "127.0.0.1", port },
    connect: () => open(() => connect({ host: "127.0.0.1", port })),
    remove: async () => {},
  };
}

interface LocalPaths {
  data: string;
  initFile: string;
  logFile: string;
  tmp: string;
  socketPath: string;
}

async function localCommand(
  program: Extract<ServerProgram, { kind: "local" }>,
  options: ProcessOptions,
  paths: LocalPaths,
): Promise<[string, string[]]> {
  // mariadbd refuses to be root unless it is told to be.
  const asRoot = process.getuid?.() === 0 ? ["--user=root"] : [];
  const folders = [`--datadir=${paths.data}`, `--tmpdir=${paths.tmp}`, ...asRoot];
  await execute(
    program.install,
    ["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"].concat(
      folders,
      INNODB,
    ),
    { env: cleanEnvironment(options.directory) },
  ).catch((error: Error & { stdout?: string; stderr?: string }) => {
    throw new SandboxError(
      `${program.install} could not set up a data directory in ${paths.data}: ${lastLines(`${error.stdout}${error.stderr}`)}`,
      "Check that the folder is writable and that its disk has 100 MB free.",
      { cause: error },
    );
  });
  const args = [
    "--no-defaults",
    ...folders,
    `--socket=${paths.socketPath}`,
    `--pid-file=${join(options.directory, "server.pid")}`,
    `--init-file=${paths.initFile}`,
    "--skip-networking",
    ...INNODB,
    ...SMALL,
    ...options.serverArguments,
  ];
  return [program.server, args];
}

/**
 * The container sets its own data directory up and is reached on a port of loopback only. It runs in the foreground with `--init`, so
 * that the signal which ends `docker run` ends the server.
 */
function dockerCommand(
  program: Extract<ServerProgram, { kind: "docker" }>,
  options: ProcessOptions,
  initFile: string,
  port: string,
): [string, string[]] {
  const args = ["run", "--rm", "--init", "--publish", `127.0.0.1:${port}:3306`]
    .concat([
      "--volume",
      `${initFile}:/docker-entrypoint-initdb.d/init.sql:ro`,
      "--env",
      "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1",
    ])
    .concat(["--tmpfs", "/var/lib/mysql", program.image], SMALL, options.serverArguments);
  return [program.docker, args];
}

/** An init file holds one statement a line. */
function initialStatements(options: ProcessOptions, rootPassword: string): string[] {
  const [database, user] = [quoteName(options.databaseName), `${quote(options.masterUsername)}@'%'`];
  return [
    "DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host NOT IN ('localhost', '%'));",
    "FLUSH PRIVILEGES;",
    `ALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY ${quote(rootPassword)};`,
    `ALTER USER IF EXISTS 'root'@'%' IDENTIFIED BY ${quote(rootPassword)};`,
    `CREATE DATABASE IF NOT EXISTS ${database};`,
    `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY ${quote(options.masterPassword)};`,
    `GRANT ${MASTER_PRIVILEGES} ON *.* TO ${user} WITH GRANT OPTION;`,
    "",
  ];
}

/**
 * What RDS grants its master user, as far as MariaDB knows it: no SUPER, no FILE, no SHUTDOWN.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.MasterAccounts.html
 */
const MASTER_PRIVILEGES = [
  "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, SHOW DATABASES",
  "CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, REPLICATION SLAVE, REPLICATION CLIENT, CREATE VIEW, SHOW VIEW",
  "CREATE ROUTINE, ALTER ROUTINE, CREATE USER, EVENT, TRIGGER",
].join(", ");

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r")}'`;
}

function quoteName(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}

function open(create: () => Socket): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = create();
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}

/** Ready is when the server greets; it does so only after the init file has run. */
async function waitUntilReady(
  guarded: GuardedProcess,
  connectOnce: () => Promise<Socket>,
  timeout: number,
  logFile: string,
  stop: () => Promise<void>,
): Promise<void> {
  let exitCode: number | undefined;
  void guarded.exited.then((code) => {
    exitCode = code;
  });
  const until = Date.now() + timeout;
  for (;;) {
    const socket = await connectOnce().catch(() => undefined);
    if (socket !== undefined) {
      socket.on("error", () => {});
      const greeting = await readPacket(socket).catch(() => undefined);
      socket.destroy();
      if (greeting?.payload[0] === 10) return;
    }
    if (exitCode !== undefined || Date.now() > until) {
      const how =
        exitCode === undefined ? `did not answer within ${timeout / 1000} seconds` : `ended with code ${exitCode}`;
      const said = lastLines(await readFile(logFile, "utf8").catch(() => ""));
      await stop();
      throw new SandboxError(
        `The database server ${how}: ${said}`,
        `Its log is ${logFile}; mend what it names and run the command again.`,
      );
    }
    await sleep(20);
  }
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-3).join(" / ");
}
