import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { awsClients } from "../../src/clients.ts";
import { ADMINISTRATOR, startEmulator } from "../../src/emulator/index.ts";
import * as install from "../../src/emulator/install.ts";
import * as ports from "../../src/ports.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "palisade-emulator-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

import { listening } from "../helpers/listening.ts";

vi.mock("../../src/emulator/install.ts", { spy: true });
vi.mock("../../src/ports.ts", { spy: true });

test("the emulator answers on loopback only, as the administrator's account, and keeps to its folder", async () => {
  const before = await readdir(tmpdir());
  const emulator = await startEmulator({ directory: folder, region: "eu-west-1" });
  expect(emulator.url).toBe(`http://127.0.0.1:${emulator.port}`);
  if (process.platform === "linux") {
    const port = emulator.port.toString(16).toUpperCase().padStart(4, "0");
    // 127.0.0.1, and none of MiniStack's further listeners, which take every interface.
    expect(listening(emulator.process.groupId)).toEqual([`0100007F:${port}`]);
  }
  const clients = awsClients({ endpoint: emulator.url, region: "eu-west-1", ...ADMINISTRATOR });
  const { Account, Arn } = await clients.sts.send(new GetCallerIdentityCommand({}));
  expect([Account, Arn]).toEqual(["123456789012", "arn:aws:iam::123456789012:root"]);
  const forged = awsClients({
    endpoint: emulator.url,
    region: "eu-west-1",
    accessKeyId: "AKIAFORGED",
    secretAccessKey: "x",
  });
  await expect(forged.sts.send(new GetCallerIdentityCommand({}))).rejects.toThrow();
  clients.destroy();
  forged.destroy();
  await emulator.stop();
  await expect(fetch(emulator.url)).rejects.toThrow();
  expect((await readdir(tmpdir())).filter((name) => name.startsWith("ministack") && !before.includes(name))).toEqual(
    [],
  );
}, 180_000);

test("a port that was taken meanwhile is replaced by another", async () => {
  const taken = createServer((_request, response) => response.end("someone else"));
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as { port: number };
  vi.mocked(ports.freePort).mockResolvedValueOnce(port);
  const emulator = await startEmulator({ directory: folder, region: "eu-west-1" });
  expect(emulator.port).not.toBe(port);
  await emulator.stop();
  taken.close();
  taken.closeAllConnections();
}, 30_000);

test("an emulator that ends at once is told with its last lines", async () => {
  vi.mocked(install.installEmulator).mockResolvedValue("/bin/false");
  await expect(startEmulator({ directory: folder, region: "eu-west-1" })).rejects.toThrow(
    `The AWS emulator ended with code 1 before it answered:\n\n Its log is ${join(folder, "emulator.log")}.`,
  );
  expect(await readFile(join(folder, "emulator.log"), "utf8")).toBe("");
});
