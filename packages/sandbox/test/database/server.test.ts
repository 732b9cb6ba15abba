import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import {
  CreatePolicyCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DatabaseServer, startDatabaseServer } from "../../src/database/index.ts";
import { ACCOUNT_ID, ADMINISTRATOR, type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { labDirectory } from "../../src/paths.ts";
import { signToken, type TokenClaims } from "./token.ts";

const REGION = "us-east-1";
const CLUSTER = "cluster-ABCDEFGHIJKLMNOP";
const arn = (user: string) => `arn:aws:rds-db:${REGION}:${ACCOUNT_ID}:dbuser:${CLUSTER}/${user}`;

let directory: string;
let emulator: Emulator;
let database: DatabaseServer;
const roles = new Map<string, { accessKeyId: string; secretAccessKey: string; sessionToken: string }>();

/** The statements of a role's policy, by the role's name. */
const POLICIES: Record<string, { Action: string; Resource: string; Effect?: string }[]> = {
  catalog: [{ Action: "rds-db:connect", Resource: arn("catalog") }],
  nobody: [{ Action: "rds-db:connect", Resource: arn("nobody") }],
  orders: [{ Action: "rds-db:connect", Resource: arn("orders") }],
  powerless: [{ Action: "s3:GetObject", Resource: "*" }],
  everything: [{ Action: "*", Resource: "*" }],
  denied: [
    { Action: "rds-db:*", Resource: "*" },
    { Action: "rds-db:connect", Resource: arn("catalog"), Effect: "Deny" },
  ],
  bounded: [{ Action: "rds-db:connect", Resource: arn("catalog") }],
};

beforeAll(async () => {
  await mkdir(labDirectory, { recursive: true });
  directory = await mkdtemp(join(labDirectory, "test-database-"));
  emulator = await startEmulator({ directory, region: REGION });
  const settings = { endpoint: emulator.url, region: REGION, credentials: ADMINISTRATOR };
  const [iam, sts] = [new IAMClient(settings), new STSClient(settings)];
  const document = (statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
  for (const [name, statements] of Object.entries(POLICIES)) {
    const trust = document([
      { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${ACCOUNT_ID}:root` }, Action: "sts:AssumeRole" },
    ]);
    await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust }));
    const policy = document(statements.map((statement) => ({ Effect: "Allow", ...statement })));
    await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: "own", PolicyDocument: policy }));
    const assumed = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/${name}`,
        RoleSessionName: `${name}-function`,
      }),
    );
    roles.set(name, {
      accessKeyId: assumed.Credentials?.AccessKeyId ?? "",
      secretAccessKey: assumed.Credentials?.SecretAccessKey ?? "",
      sessionToken: assumed.Credentials?.SessionToken ?? "",
    });
  }
  const boundary = await iam.send(
    new CreatePolicyCommand({
      PolicyName: "boundary",
      PolicyDocument: document([{ Effect: "Allow", Action: "s3:*", Resource: "*" }]),
    }),
  );
  await iam.send(
    new PutRolePermissionsBoundaryCommand({ RoleName: "bounded", PermissionsBoundary: boundary.Policy?.Arn }),
  );
  database = await startDatabaseServer({
    directory: join(directory, "database"),
    clusterIdentifier: "orders",
    databaseName: "palisade",
    masterUsername: "keeper",
    masterPassword: "it's a \\ secret",
    iam: { emulatorUrl: emulator.url, region: REGION, accountId: ACCOUNT_ID, clusterResourceId: CLUSTER },
  });
  const admin = await database.adminConnection();
  await admin.query(`
    CREATE TABLE orders (id INT AUTO_INCREMENT PRIMARY KEY, note VARCHAR(10), blob_ LONGBLOB);
    CREATE TABLE partners (id INT, api_secret VARCHAR(100));
    INSERT INTO orders (note) VALUES ('first');
    CREATE USER 'catalog'@'%' IDENTIFIED VIA mysql_native_password USING 'invalid';
    CREATE USER 'orders'@'%' IDENTIFIED VIA mysql_native_password USING 'invalid' REQUIRE SSL;
    GRANT SELECT (id, note) ON palisade.orders TO 'catalog'@'%';
    GRANT ALL ON palisade.* TO 'orders'@'%';`);
  await admin.end();
}, 300_000);

afterAll(async () => {
  await database?.stop();
  await emulator?.stop();
  await rm(directory, { recursive: true, force: true });
}, 60_000);

/** A token of the role for the user, with changes to what is signed. */
function token(role: string, user: string, changes: Partial<TokenClaims> = {}): string {
  const credentials = roles.get(role) ?? { accessKeyId: "", secretAccessKey: "", sessionToken: "" };
  return signToken({ ...credentials, host: `127.0.0.1:${database.port}`, user, ...changes });
}

interface Login {
  tls?: boolean;
  database?: string;
  multipleStatements?: boolean;
}

function connectWithToken(user: string, text: string, login: Login = {}): Promise<Connection> {
  return createConnection({
    host: database.host,
    port: database.port,
    user,
    database: login.database ?? "palisade",
    multipleStatements: login.multipleStatements ?? false,
    ...(login.tls !== false && { ssl: { ca: database.caPem } }),
    authPlugins: { mysql_clear_password: () => () => Buffer.from(`${text}\0`) },
  });
}

function connectWithPassword(user: string, password: string, login: Login = {}): Promise<Connection> {
  return createConnection({
    host: database.host,
    port: database.port,
    user,
    password,
    ...(login.tls === true && { ssl: { ca: database.caPem } }),
  });
}

const latest = () => database.log().at(-1);

describe("a login with an IAM token", () => {
  it("is let in as the user of the token, with that user's grants", async () => {
    const connection = await connectWithToken("catalog", token("catalog", "catalog"));
    const [rows] = await connection.query<RowDataPacket[]>("SELECT note, CURRENT_USER() AS me FROM orders");
    expect(rows).toEqual([{ note: "first", me: "catalog@%" }]);
    expect(latest()).toEqual({ time: expect.any(Number), user: "catalog", event: "connected" });
    await connection.end();
  });

  it("is let in for a role that may do everything", async () => {
    const connection = await connectWithToken("catalog", token("everything", "catalog"));
    await connection.ping();
    await connection.end();
  });

  it("is let in again after the account was created anew", async () => {
    await (await connectWithToken("orders", token("orders", "orders"))).end();
    const admin = await database.adminConnection();
    await admin.query("DROP USER orders; CREATE USER orders IDENTIFIED VIA mysql_native_password USING 'invalid'");
    await admin.query("GRANT ALL ON palisade.* TO orders");
    await admin.end();
    const connection = await connectWithToken("orders", token("orders", "orders"));
    await connection.query("SELECT id FROM orders");
    await connection.end();
  });

  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
  it.each([
    ["of another user", () => token("catalog", "orders"), "the token is for another database user than catalog"],
    [
      "of another role",
      () => token("powerless", "catalog"),
      `arn:aws:sts::${ACCOUNT_ID}:assumed-role/powerless/powerless-function is not authorized to perform: rds-db:connect on resource: ${arn("catalog")}`,
    ],
    [
      "of a role that an explicit deny stops",
      () => token("denied", "catalog"),
      `arn:aws:sts::${ACCOUNT_ID}:assumed-role/denied/denied-function is not authorized to perform: rds-db:connect on resource: ${arn("catalog")}`,
    ],
    [
      "of a role that its permissions boundary stops",
      () => token("bounded", "catalog"),
      `arn:aws:sts::${ACCOUNT_ID}:assumed-role/bounded/bounded-function is not authorized to perform: rds-db:connect on resource: ${arn("catalog")}: the permissions boundary`,
    ],
    [
      "with a forged signature",
      () => token("catalog", "catalog", { secretAccessKey: "guessed" }),
      "the emulator rejects the token's signature: SignatureDoesNotMatch",
    ],
    [
      "with an unknown access key",
      () => token("catalog", "catalog", { accessKeyId: "ASIAUNKNOWNUNKNOWN00" }),
      "the emulator rejects the token's signature: InvalidClientTokenId",
    ],
    [
      "with another session's token",
      () => token("catalog", "catalog", { sessionToken: "forged" }),
      "the emulator rejects the token's signature: InvalidClientTokenId",
    ],
    ["that has expired", () => token("catalog", "catalog", { signedAt: ago(16) }), "the token has expired"],
    [
      "for another server",
      () => token("catalog", "catalog", { host: "127.0.0.1:3306" }),
      () => `the token is for another server than 127.0.0.1:${database.port}`,
    ],
    [
      "that is no token",
      () => "hunter2",
      "the password is not an IAM token: expected host:port/?Action=connect&DBUser=…",
    ],
  ])("is refused with a token %s", async (_title, text, reason) => {
    await expect(connectWithToken("catalog", text())).rejects.toMatchObject({
      errno: 1045,
      sqlState: "28000",
      message: "Access denied for user 'catalog'@'127.0.0.1' (using password: YES)",
    });
    expect(latest()).toEqual({
      time: expect.any(Number),
      user: "catalog",
      event: "refused",
      errno: 1045,
      sqlState: "28000",
      message: "Access denied for user 'catalog'@'127.0.0.1' (using password: YES)",
      reason: typeof reason === "string" ? reason : reason(),
    });
  });

  it("is let in again with the same token for 15 minutes, as on AWS: it is no one-time password", async () => {
    const text = token("catalog", "catalog", { signedAt: ago(14) });
    for (let times = 0; times < 2; times += 1) await (await connectWithToken("catalog", text)).end();
  });

  it("is let in with an old token only while the lab has the age judged by nobody, and never with a forged one", async () => {
    const old = { signedAt: ago(20) };
    database.judgeTokenAge(false);
    try {
      await (await connectWithToken("catalog", token("catalog", "catalog", old))).end();
      const forged = token("catalog", "catalog", { ...old, secretAccessKey: "guessed" });
      await expect(connectWithToken("catalog", forged)).rejects.toMatchObject({ errno: 1045 });
      expect(latest()).toMatchObject({ reason: "the emulator rejects the token's signature: SignatureDoesNotMatch" });
    } finally {
      database.judgeTokenAge(true);
    }
    await expect(connectWithToken("catalog", token("catalog", "catalog", old))).rejects.toMatchObject({ errno: 1045 });
    expect(latest()).toMatchObject({ reason: "the token has expired" });
  });

  it("is refused for a user that the server does not have", async () => {
    await expect(connectWithToken("nobody", token("nobody", "nobody"))).rejects.toMatchObject({ errno: 1045 });
    expect(latest()).toMatchObject({ event: "refused", reason: "the server has no such user" });
  });

  it("is refused without TLS, before the token is sent", async () => {
    await expect(connectWithToken("catalog", token("catalog", "catalog"), { tls: false })).rejects.toMatchObject({
      errno: 3159,
      message: "Connections using insecure transport are prohibited while --require_secure_transport=ON.",
    });
    expect(latest()).toMatchObject({ event: "refused", reason: "IAM tokens are taken over TLS only" });
  });

  it("is refused for a database that the user may not use, in the server's words", async () => {
    const login = connectWithToken("catalog", token("catalog", "catalog"), { database: "mysql" });
    await expect(login).rejects.toMatchObject({ errno: 1044 });
    expect(latest()).toMatchObject({ event: "refused", errno: 1044, reason: "the server does not let the user in" });
  });

  it("fails in the client when the client trusts another authority", async () => {
    const login = createConnection({ host: database.host, port: database.port, user: "catalog", ssl: {} });
    await expect(login).rejects.toThrow(/self-signed certificate|unable to/);
    await expect
      .poll(latest)
      .toMatchObject({ user: "", event: "refused", reason: expect.stringMatching(/TLS handshake/) });
  });
});

describe("a login with a password", () => {
  it.each([true, false])("lets the master user in (TLS: %s)", async (tls) => {
    const connection = await connectWithPassword("keeper", "it's a \\ secret", { tls });
    const [rows] = await connection.query<RowDataPacket[]>("SHOW STATUS LIKE 'Threads_connected'");
    expect(rows).toHaveLength(1);
    await connection.end();
  });

  it("refuses a wrong password, and every other user", async () => {
    await expect(connectWithPassword("keeper", "wrong")).rejects.toMatchObject({ errno: 1045 });
    expect(latest()).toMatchObject({ user: "keeper", reason: "the server does not accept the password" });
    await expect(connectWithPassword("root", "", { tls: true })).rejects.toThrow();
    await expect.poll(latest).toMatchObject({ user: "root", event: "refused" });
  });

  it("gives the master user what RDS gives it, and not more", async () => {
    const connection = await connectWithPassword("keeper", "it's a \\ secret");
    await connection.query("CREATE USER made_by_master");
    await connection.query("GRANT SELECT ON palisade.orders TO made_by_master");
    await expect(connection.query("SELECT LOAD_FILE('/etc/passwd') AS f")).resolves.toMatchObject([[{ f: null }], {}]);
    await expect(connection.query("SELECT 1 INTO OUTFILE '/tmp/never'")).rejects.toMatchObject({ errno: 1227 });
    await expect(connection.query("SET GLOBAL max_connections = 1")).rejects.toMatchObject({ errno: 1227 });
    await connection.end();
  });
});

describe("a session", () => {
  const errors = (since: number) =>
    database
      .log()
      .slice(since)
      .filter(({ event }) => event === "error");

  it("logs what the server refuses, without values", async () => {
    const connection = await connectWithToken("orders", token("orders", "orders"));
    const since = database.log().length;
    await expect(connection.query("INSERT INTO orders (note) VALUES ('longer than ten')")).rejects.toThrow();
    await expect(connection.query("SELEKT 'secret'")).rejects.toThrow();
    await expect(connection.execute("INSERT INTO orders (id) VALUES (?)", ["abc"])).rejects.toThrow();
    expect(errors(since)).toEqual([
      expect.objectContaining({
        user: "orders",
        errno: 1406,
        sqlState: "22001",
        message: "Data too long for column 'note' at row 1",
      }),
      expect.objectContaining({
        errno: 1064,
        sqlState: "42000",
        message: expect.stringMatching(/near '…' at line 1$/),
      }),
      expect.objectContaining({ errno: 1366, message: "Incorrect integer value: '…' at row 1" }),
    ]);
    await connection.end();
  });

  it("logs missing privileges with their names", async () => {
    const connection = await connectWithToken("catalog", token("catalog", "catalog"));
    const since = database.log().length;
    await expect(connection.query("SELECT * FROM partners")).rejects.toMatchObject({ errno: 1142 });
    await expect(connection.query("SELECT blob_ FROM orders")).rejects.toMatchObject({ errno: 1143 });
    expect(errors(since).map(({ errno, message }) => [errno, message])).toEqual([
      [1142, "SELECT command denied to user 'catalog'@'localhost' for table `palisade`.`partners`"],
      [1143, "SELECT command denied to user 'catalog'@'localhost' for column 'blob_' in table 'orders'"],
    ]);
    await connection.end();
  });

  it("passes rows longer than a packet, and many of them, unchanged in both directions", async () => {
    const connection = await connectWithToken("orders", token("orders", "orders"));
    const admin = await database.adminConnection();
    await admin.query("SET GLOBAL max_allowed_packet = 67108864");
    await admin.end();
    const large = await connectWithToken("orders", token("orders", "orders"));
    const bytes = Buffer.alloc(17 * 1024 * 1024, 0xff);
    await large.query("INSERT INTO orders (note, blob_) VALUES ('large', ?)", [bytes]);
    const since = database.log().length;
    const [[row]] = await large.query<RowDataPacket[]>("SELECT blob_ FROM orders WHERE note = 'large'");
    expect(Buffer.compare(row?.blob_, bytes)).toBe(0);
    const [rows] = await connection.query<RowDataPacket[]>("SELECT seq, REPEAT('x', 200) AS x FROM seq_1_to_20000");
    expect(rows).toHaveLength(20_000);
    expect(errors(since)).toEqual([]);
    await large.end();
    await connection.end();
  });

  it("takes several statements in one query only from a client that asked for them", async () => {
    const single = await connectWithToken("catalog", token("catalog", "catalog"));
    await expect(single.query("SELECT 1; SELECT 2")).rejects.toMatchObject({ errno: 1064 });
    await single.end();
    const multiple = await connectWithToken("catalog", token("catalog", "catalog"), { multipleStatements: true });
    const [results] = await multiple.query<RowDataPacket[][]>("SELECT 1 AS a; SELECT 2 AS a");
    expect(results).toEqual([[{ a: 1 }], [{ a: 2 }]]);
    await multiple.end();
  });

  it("holds many connections of one user at once", async () => {
    const connections = await Promise.all(
      Array.from({ length: 10 }, () => connectWithToken("catalog", token("catalog", "catalog"))),
    );
    await Promise.all(connections.map((connection) => connection.query("SELECT note FROM orders")));
    await Promise.all(connections.map((connection) => connection.end()));
  });
});
