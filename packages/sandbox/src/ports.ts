import { createServer } from "node:net";
import { SandboxError } from "./errors.ts";

/** A TCP port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  return listenOnce(0);
}

/**
 * Checks that a port of 127.0.0.1 is free.
 *
 * @param purpose What wants the port, for the message: `the emulator`.
 * @throws SandboxError when another process has it.
 */
export async function requireFreePort(port: number, purpose: string): Promise<void> {
  try {
    await listenOnce(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new SandboxError(
      `Port ${port} of 127.0.0.1, wanted for ${purpose}, is in use by another process.`,
      "Stop that process, or leave the port out and a free one is chosen.",
      { cause: error },
    );
  }
}

/** Listens on a port, 0 for any, and gives it back. */
function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = server.address() as { port: number };
      server.close(() => resolve(address.port));
    });
  });
}
