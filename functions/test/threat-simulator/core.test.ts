import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { createSimulator } from "../../src/threat-simulator/core.ts";

const LISTED = { host: "198.51.100.66", port: 443 };
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A sink that keeps what it was told, and ends each connection with an answer, or without one. */
async function sink(answer?: string) {
  const heard: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (bytes) => {
      heard.push(String(bytes));
      socket.end(answer ?? "");
    });
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { heard, route: { host: "127.0.0.1", port: (server.address() as AddressInfo).port } };
}

const simulatorTo = (route: { host: string; port: number }, patience = 2000) =>
  createSimulator({ listed: LISTED, route, functionName: "fn", patience });

test.each([[{}], [undefined], [{ address: LISTED.host }]])(
  "%j calls the listed address, and says who calls",
  async (event) => {
    const { heard, route } = await sink("HTTP/1.1 204 No Content\r\n\r\n");
    const { milliseconds, ...simulated } = await simulatorTo(route)(event);
    expect(simulated).toEqual({ address: "198.51.100.66", port: 443, reached: true });
    expect(milliseconds).toBeLessThan(2000);
    expect(heard).toEqual(["GET / HTTP/1.1\r\nHost: 198.51.100.66:443\r\nUser-Agent: fn\r\nConnection: close\r\n\r\n"]);
  },
);

test("the connection is ended with the first part of an answer, however long the rest would take", async () => {
  let closed = false;
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("close", () => {
      closed = true;
    });
    socket.once("data", () => socket.write("H"));
  });
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const { milliseconds, ...simulated } = await simulatorTo({ host: "127.0.0.1", port }, 4000)();
  expect(simulated).toEqual({ address: "198.51.100.66", port: 443, reached: true });
  expect(milliseconds).toBeLessThan(2000);
  await vi.waitFor(() => expect(closed).toBe(true));
});

test("a connection without an answer counts", async () => {
  const { route } = await sink();
  expect(await simulatorTo(route)()).toMatchObject({ reached: true });
});

test.each([["127.0.0.1"], ["198.51.100.67"], ["169.254.169.254"], [66]])(
  "it refuses to call %j, and calls nothing",
  async (address) => {
    const { heard, route } = await sink();
    await expect(simulatorTo(route)({ address })).rejects.toThrow(
      "threat-simulator: refuses to call any address but the listed one, 198.51.100.66",
    );
    expect(heard).toEqual([]);
  },
);

test("who does not answer is told with the reason", async () => {
  const { route } = await sink();
  servers.splice(0).forEach((server) => void server.close());
  expect(await simulatorTo(route)()).toMatchObject({ reached: false, error: "ECONNREFUSED" });
});

test("a connection that takes too long is ended", async () => {
  // A server that says nothing: the connection itself is there.
  const server = createServer((socket) => void socket.on("error", () => {}));
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  expect(await simulatorTo({ host: "127.0.0.1", port }, 50)()).toMatchObject({ reached: true });
});
