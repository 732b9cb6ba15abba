import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { fetchJwks } from "../../src/authorizer/jwks.ts";

let server: Server;

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
}

test("fetches the bytes", async () => {
  const uri = await serve((_request, response) => response.end('{"keys":[]}'));
  expect(Buffer.from(await fetchJwks(uri)).toString()).toBe('{"keys":[]}');
});

test.each<[string, RequestListener, string]>([
  ["another status", (_request, response) => response.writeHead(500).end(), "the key set's answer has status 500"],
  ["a long answer", (_request, response) => response.end("x".repeat(65_537)), "the key set is longer than 65536 bytes"],
  ["a redirection", (_request, response) => response.writeHead(302, { location: "/other" }).end(), "fetch failed"],
])("refuses %s", async (_what, listener, message) => {
  await expect(fetchJwks(await serve(listener))).rejects.toThrow(message);
});

test("waits at most a second and a half, for the first byte and for the last", async () => {
  const uri = await serve((_request, response) => {
    response.write("{");
  });
  const started = performance.now();
  await expect(fetchJwks(uri)).rejects.toThrow("aborted due to timeout");
  expect(performance.now() - started).toBeLessThan(2000);
});
