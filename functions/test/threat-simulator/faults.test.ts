/** What a network does that none on this machine does: a socket in the place of Node's. */
import { Socket } from "node:net";
import { beforeEach, expect, test, vi } from "vitest";
import { createSimulator } from "../../src/threat-simulator/core.ts";

let socket: Socket;
const { connect } = vi.hoisted(() => ({ connect: vi.fn<(options: object) => Socket>() }));
vi.mock("node:net", async (original) => ({ ...(await original<typeof import("node:net")>()), connect }));
beforeEach(() => {
  socket = new Socket();
  connect.mockReturnValue(socket);
});

const LISTED = { host: "198.51.100.66", port: 443 };
const simulate = (patience: number) =>
  createSimulator({ listed: LISTED, route: LISTED, functionName: "fn", patience })();

test("an address that does not answer is given up after the patience, and its socket is closed", async () => {
  expect(await simulate(20)).toMatchObject({ reached: false, error: "ETIMEDOUT" });
  expect(connect).toHaveBeenCalledWith({ host: "198.51.100.66", port: 443 });
  expect(socket.destroyed).toBe(true);
});

test.each([
  ["ENETUNREACH", "ENETUNREACH"],
  [undefined, "ECONNREFUSED"],
])("a fault of the code %s is told as %s", async (code, told) => {
  const simulated = simulate(2000);
  socket.emit("error", Object.assign(new Error("no way"), { code }));
  expect(await simulated).toMatchObject({ reached: false, error: told });
});
