import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { createConnection } from "mysql2/promise";
import { afterEach, expect, it } from "vitest";
import type { Accounts } from "../../src/database/accounts.ts";
import { createServerCertificate } from "../../src/database/certificate.ts";
import { DatabaseLog } from "../../src/database/log.ts";
import { errorPacket, frame } from "../../src/database/packets.ts";
import { type DatabaseProxy, type ProxyOptions, startProxy } from "../../src/database/proxy.ts";
import { signToken } from "./token.ts";

let proxy: DatabaseProxy | undefined;
let backend: Server | undefined;
let log: DatabaseLog;
afterEach(async () => {
  await proxy?.close();
  backend?.close();
});

/** MariaDB's greeting, with twenty bytes of salt. */
const GREETING = Buffer.concat([
  Buffer.from("\x0a10.11.19\0"),
  Buffer.from([1, 0, 0, 0]),
  Buffer.alloc(8, 1),
  Buffer.from([0, 0xfe, 0xff, 8, 2, 0, 0xff, 0x81, 21, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7]),
  Buffer.alloc(12, 2),
  Buffer.from("\0mysql_native_password\0"),
]);

/** A proxy whose server is a script: what to do with each connection. Real servers are behind it in the other tests. */
async function start(onServer: (socket: Socket) => void, options: Partial<ProxyOptions> = {}) {
  backend = createServer(onServer);
  await new Promise<void>((resolve) => backend?.listen(0, "127.0.0.1", resolve));
  const { port } = backend.address() as { port: number };
  log = new DatabaseLog();
  proxy = await startProxy({
    connectServer: () =>
      new Promise((resolve) => {
        const socket = dial(port, "127.0.0.1", () => resolve(socket));
      }),
    certificate: await createServerCertificate(),
    accounts: { password: async () => "internal", forget: () => {} } as unknown as Accounts,
    log,
    iam: undefined,
    mayUsePassword: () => true,
    requireTls: false,
    ...options,
  });
  return proxy.port;
}

it("passes on that the server has too many connections", async () => {
  const port = await start((socket) =>
    socket.end(frame(0, errorPacket({ errno: 1040, sqlState: "08004", message: "Too many connections" }))),
  );
  await expect(createConnection({ host: "127.0.0.1", port, user: "me" })).rejects.toMatchObject({ errno: 1040 });
  expect(log.records()).toEqual([
    {
      time: expect.any(Number),
      user: "",
      event: "refused",
      errno: 1040,
      sqlState: "08004",
      message: "Too many connections",
      reason: "the server is not ready",
    },
  ]);
});

it("closes a connection that does not speak the protocol, and goes on", async () => {
  const port = await start((socket) => socket.write(frame(0, GREETING)));
  const client = dial(port, "127.0.0.1");
  client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await new Promise((resolve) => client.resume().on("close", resolve));
  expect(log.records()).toMatchObject([
    { user: "", event: "refused", reason: expect.stringMatching(/^a packet of \d+ bytes/) },
  ]);
});

it("survives a client that is gone before it is answered", async () => {
  const port = await start((socket) => socket.write(frame(0, GREETING)));
  const client = dial(port, "127.0.0.1");
  await new Promise((resolve) => client.once("data", resolve));
  client.resetAndDestroy();
  await expect.poll(() => log.records()).toMatchObject([{ reason: "the connection closed before the login" }]);
});

it("tells nothing to a client that asks for TLS and then speaks in clear", async () => {
  const port = await start((socket) => socket.write(frame(0, GREETING)));
  const client = dial(port, "127.0.0.1");
  await new Promise((resolve) => client.once("data", resolve));
  const request = Buffer.alloc(32);
  request.writeUInt32LE(0x800, 0);
  client.write(Buffer.concat([frame(1, request), Buffer.from("not a ClientHello, not at all")]));
  await new Promise((resolve) => client.resume().on("close", resolve));
  await expect
    .poll(() => log.records())
    .toMatchObject([{ reason: expect.stringMatching(/^the TLS handshake failed/) }]);
});

it("asks the server twice at most to let a user in whose token is good", async () => {
  let logins = 0;
  const port = await start(
    (socket) => {
      socket.write(frame(0, GREETING));
      socket.on("data", () => {
        logins++;
        socket.end(frame(2, errorPacket({ errno: 1045, sqlState: "28000", message: "Access denied" })));
      });
    },
    {
      mayUsePassword: () => false,
      iam: {
        region: "us-east-1",
        authority: { signer: async () => ({ principalArn: "arn" }), refusal: async () => undefined },
      },
    },
  );
  const token = signToken({ accessKeyId: "A", secretAccessKey: "s", host: `127.0.0.1:${port}`, user: "me" });
  const login = createConnection({
    host: "127.0.0.1",
    port,
    user: "me",
    ssl: { rejectUnauthorized: false },
    // Without the NUL at the end, as some clients send it.
    authPlugins: { mysql_clear_password: () => () => Buffer.from(token) },
  });
  await expect(login).rejects.toMatchObject({ errno: 1045 });
  expect(logins).toBe(2);
  expect(log.records()).toMatchObject([{ user: "me", reason: "the server does not let the user in" }]);
});
