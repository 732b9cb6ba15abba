import { createServer } from "node:net";
import { expect, test } from "vitest";
import { freePort, requireFreePort } from "../src/ports.ts";

test("a port in use is one clear sentence with the remedy", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await expect(requireFreePort(port, "the emulator")).rejects.toThrow(
    `Port ${port} of 127.0.0.1, wanted for the emulator, is in use by another process. Stop that process, or leave the port out and a free one is chosen.`,
  );
  await new Promise((resolve) => server.close(resolve));
  await requireFreePort(port, "the emulator");
});

test("a free port is free", async () => {
  await requireFreePort(await freePort(), "anything");
});

test("a port that may not be opened is another error", async () => {
  await expect(requireFreePort(70_000, "anything")).rejects.toThrow(/port/i);
});
