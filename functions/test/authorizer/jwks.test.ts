import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { fetchFirst, fetchJwks } from "../../src/authorizer/jwks.ts";

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
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

test("takes an answer of 64 KB", async () => {
  const uri = await serve((_request, response) => response.end("x".repeat(65_536)));
  expect((await fetchJwks(uri)).byteLength).toBe(65_536);
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

describe("of several addresses", () => {
  const bytes = (text: string) => new TextEncoder().encode(text).buffer;
  const asking = (answers: Record<string, () => Promise<ArrayBuffer>>) => {
    const asked: [string, number][] = [];
    return {
      asked,
      ask: (uri: string, milliseconds: number) => {
        asked.push([uri, milliseconds]);
        return answers[uri]?.() ?? Promise.reject(new TypeError(`${uri} fails`));
      },
    };
  };
  const never = () => new Promise<ArrayBuffer>(() => {});

  test("the first is the only one that is asked while it answers", async () => {
    const { asked, ask } = asking({ a: async () => bytes("a") });
    expect(Buffer.from(await fetchFirst(["a", "b"], ask)).toString()).toBe("a");
    expect(asked).toEqual([["a", 1500]]);
  });

  test("the next is asked at once where one fails, and after half a second where one is silent", async () => {
    const failing = asking({ c: async () => bytes("c") });
    let started = performance.now();
    expect(Buffer.from(await fetchFirst(["a", "b", "c"], failing.ask)).toString()).toBe("c");
    expect(performance.now() - started).toBeLessThan(400);
    expect(failing.asked).toEqual([
      ["a", 1500],
      ["b", 1000],
      ["c", 500],
    ]);
    started = performance.now();
    const silent = asking({ a: never, b: async () => bytes("b") });
    expect(Buffer.from(await fetchFirst(["a", "b"], silent.ask)).toString()).toBe("b");
    expect(performance.now() - started).toBeGreaterThan(490);
  });

  test("all errors are told where all fail, and the one of the only one", async () => {
    await expect(fetchFirst(["a", "b"], asking({}).ask)).rejects.toBeInstanceOf(AggregateError);
    await expect(fetchFirst(["a"], asking({}).ask)).rejects.toThrow("a fails");
    await expect(fetchFirst([], asking({}).ask)).rejects.toBeInstanceOf(AggregateError);
  });
});
