import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findServer } from "../../src/database/find-server.ts";
import { type DatabaseServer, type DatabaseServerOptions, startDatabaseServer } from "../../src/database/index.ts";

let directory: string;
let database: DatabaseServer | undefined;
let connections: Connection[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "pt-"));
  connections = [];
});
afterEach(async () => {
  for (const connection of connections) connection.destroy();
  await database?.stop();
  database = undefined;
  await rm(directory, { recursive: true });
});

async function start(options: Partial<DatabaseServerOptions> = {}): Promise<DatabaseServer> {
  database = await startDatabaseServer({
    directory: join(directory, "db"),
    clusterIdentifier: "weak",
    databaseName: "palisade",
    masterUsername: "admin",
    masterPassword: "password123",
    ...options,
  });
  return database;
}

async function connect(options: Parameters<typeof createConnection>[0]): Promise<Connection> {
  const connection = await createConnection({
    host: database?.host,
    port: database?.port,
    user: "admin",
    password: "password123",
    ...(options as object),
  });
  connections.push(connection);
  return connection;
}

async function variable(connection: Connection, name: string): Promise<unknown> {
  const [[row]] = await connection.query<RowDataPacket[]>("SHOW VARIABLES LIKE ?", [name]);
  return row?.Value;
}

describe("a server without IAM authentication", () => {
  it("lets every user in by password, over TLS or not", async () => {
    const { caPem } = await start();
    const master = await connect({ database: "palisade" });
    await master.query("CREATE USER app IDENTIFIED BY 'plain'");
    await connect({ user: "app", password: "plain" });
    await connect({ user: "app", password: "plain", ssl: { ca: caPem } });
    expect(database?.log().map(({ user, event }) => [user, event])).toEqual([
      ["admin", "connected"],
      ["app", "connected"],
      ["app", "connected"],
    ]);
  });

  it("lets nobody in by password where that is not allowed", async () => {
    await start({ allowPasswords: false });
    await expect(connect({})).rejects.toMatchObject({ errno: 1045 });
    expect(database?.log().at(-1)?.reason).toBe("passwords are not allowed for this user");
  });

  it("honours the cluster's parameters", async () => {
    const parameters = { require_secure_transport: "ON", sql_mode: "ANSI_QUOTES", wait_timeout: "77", other: "x" };
    const { caPem } = await start({ parameters, iam: { ...iam, enabled: false } });
    await expect(connect({})).rejects.toMatchObject({ errno: 3159 });
    expect(database?.log().at(-1)?.reason).toBe("require_secure_transport is on");
    const connection = await connect({ ssl: { ca: caPem } });
    expect(await variable(connection, "sql_mode")).toMatch(/^ANSI_QUOTES/);
    expect(await variable(connection, "wait_timeout")).toBe("77");
  });

  const iam = {
    emulatorUrl: "http://127.0.0.1:9",
    region: "us-east-1",
    accountId: "1",
    clusterResourceId: "cluster-A",
  };
});

describe("a server's end", () => {
  it("closes every connection and leaves neither server nor secret", async () => {
    const running = await start();
    const connection = await connect({});
    connection.on("error", () => {});
    await running.stop();
    database = undefined;
    await expect(connection.query("SELECT 1")).rejects.toThrow();
    await expect(createConnection({ host: running.host, port: running.port })).rejects.toThrow("ECONNREFUSED");
    expect(await readdir(join(directory, "db"))).not.toContain("init.sql");
    const socket = createConnection({ socketPath: join(directory, "db", "data", "db.sock"), user: "root" });
    await expect(socket).rejects.toThrow(/ENOENT|ECONNREFUSED|ECONNRESET/);
  });

  it("is survived by the proxy, which tells the next client", async () => {
    await start();
    const admin = await (database as DatabaseServer).adminConnection();
    connections.push(admin);
    admin.on("error", () => {});
    await admin.query("SHUTDOWN").catch(() => {});
    await expect.poll(() => connect({}).catch((error) => error.errno), { timeout: 10_000 }).toBe(2013);
    expect(database?.log().at(-1)).toMatchObject({
      user: "",
      event: "refused",
      reason: expect.stringMatching(/ENOENT|ECONNREFUSED|closed/),
    });
  });
});

it("starts in a folder whose path is too long for a socket, and removes the other folder", async () => {
  const before = (await readdir(tmpdir())).filter((name) => name.startsWith("palisade-socket-"));
  const long = join(directory, "a".repeat(60), "b".repeat(60));
  await start({ directory: long });
  expect(await variable(await connect({}), "datadir")).toBe(`${long}/data/`);
  await database?.stop();
  database = undefined;
  expect((await readdir(tmpdir())).filter((name) => name.startsWith("palisade-socket-"))).toEqual(before);
});

it("says what the server said when it does not start", async () => {
  await expect(start({ parameters: { sql_mode: "NO_SUCH_MODE" } })).rejects.toThrow(
    /^The database server ended with code \d+: .*NO_SUCH_MODE.* Its log is .*server\.log; mend what it names and run the command again\.$/s,
  );
});

it("says what the setup said when there is no data directory to be had", async () => {
  const program = await findServer();
  const broken = join(directory, "broken");
  await writeFile(broken, "#!/bin/sh\necho no space left >&2\nexit 1\n");
  await chmod(broken, 0o755);
  await expect(start({ program: { ...program, kind: "local", server: "unused", install: broken } })).rejects.toThrow(
    `${broken} could not set up a data directory in ${join(directory, "db", "data")}: no space left Check that the folder is writable`,
  );
});

it("starts in a container where that is all there is", async () => {
  // No Docker engine runs in the tests' machine: this stands for `docker` and starts the server on the published port.
  const program = await findServer();
  if (program.kind !== "local") return;
  const docker = join(directory, "docker");
  const home = join(directory, "container");
  await mkdir(home);
  const script = `#!/bin/sh
    echo "$*" > ${home}/arguments
    while [ "$1" != "mariadb:10.11" ]; do
      case "$1" in
        127.0.0.1:*) port=\${1#127.0.0.1:}; port=\${port%:3306} ;;
        *:/docker-entrypoint-initdb.d/init.sql:ro) init=\${1%%:*} ;;
      esac
      shift
    done
    shift
    ${program.install} --no-defaults --auth-root-authentication-method=normal --skip-test-db --datadir=${home}/data --user=root >/dev/null
    printf "CREATE USER root@'%%';\\nGRANT ALL ON *.* TO root@'%%' WITH GRANT OPTION;\\n" | cat - $init > ${home}/init.sql
    exec ${program.server} --no-defaults --datadir=${home}/data --user=root --socket=${home}/s --bind-address=127.0.0.1 --port=$port --init-file=${home}/init.sql "$@"
  `;
  await writeFile(docker, script);
  await chmod(docker, 0o755);
  await start({ program: { kind: "docker", docker, image: "mariadb:10.11" }, parameters: { sql_mode: "ANSI" } });
  expect(await variable(await connect({}), "sql_mode")).toMatch(/ANSI_QUOTES/);
  const admin = await (database as DatabaseServer).adminConnection();
  connections.push(admin);
  await admin.query("SELECT 1");
});
