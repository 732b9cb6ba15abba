import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exchange, field, flatten, json, list, served, summary } from "../src/exchange.ts";
import { answer, kept } from "./support.ts";

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(201, { "Content-Type": "application/json", "Set-Cookie": ["a=1", "b=2"] });
      response.end(
        JSON.stringify({ path: request.url, headers: request.headers, body: Buffer.concat(chunks).toString() }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe("the client", () => {
  it("sends path, headers and body as they are, and keeps what came back", async () => {
    const sent = await exchange(
      `${url}/`,
      { client: "alice", method: "POST", path: "/a/../b?q=%27", headers: { "x-api-key": "k" }, body: "Grüße" },
      "attack",
    );
    expect(sent).toMatchObject({
      purpose: "attack",
      via: "http",
      request: { client: "alice", url: `${url}/a/../b?q=%27` },
    });
    expect(sent.response.status).toBe(201);
    expect(sent.response.headers["set-cookie"]).toBe("a=1, b=2");
    expect(json(sent)).toMatchObject({
      path: "/a/../b?q=%27",
      headers: { "x-api-key": "k", "content-length": "7" },
      body: "Grüße",
    });
    expect(sent.endedAt).toBeGreaterThanOrEqual(sent.startedAt);
  });

  it("sends no body and no length where there is none", async () => {
    const sent = await exchange(url, { client: "nobody", method: "GET", path: "/" }, "proof");
    expect(field(sent, "headers")).not.toHaveProperty("content-length");
  });

  it("sends from the address that is asked for", async () => {
    const peers: (string | undefined)[] = [];
    const look = (request: { socket: { remoteAddress?: string } }) => peers.push(request.socket.remoteAddress);
    server.on("request", look);
    await exchange(url, { client: "nobody", method: "GET", path: "/", from: "127.0.0.1" }, "attack");
    server.off("request", look);
    expect(peers).toEqual(["127.0.0.1"]);
    const elsewhere = exchange(url, { client: "nobody", method: "GET", path: "/", from: "192.0.2.1" }, "attack");
    await expect(elsewhere).rejects.toThrow(/^GET .* was not answered: bind EADDRNOTAVAIL 192\.0\.2\.1/);
  });

  it("says which request was not answered", async () => {
    const sent = exchange("http://127.0.0.1:1", { client: "nobody", method: "GET", path: "/x" }, "attack");
    await expect(sent).rejects.toThrow(/^GET http:\/\/127\.0\.0\.1:1\/x was not answered: connect ECONNREFUSED/);
  });
});

describe("an answer", () => {
  it("is read as JSON where it is JSON", () => {
    expect(field(kept({}, answer(200, { a: 1 })), "a")).toBe(1);
    expect(field(kept({}, answer(200, "null")), "a")).toBeUndefined();
    expect(json(kept({}, answer(200, "<p>")))).toBeUndefined();
  });

  it("gives lists of objects, and nothing else", () => {
    expect(list(kept({}, answer(200, { a: [{ b: 1 }, null, 2] })), "a")).toEqual([{ b: 1 }]);
    expect(list(kept({}, answer(200, { a: "no list" })), "a")).toEqual([]);
  });

  it.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
  ])("with status %i is served: %s", (status, ok) => {
    expect(served(kept({}, answer(status)))).toBe(ok);
  });

  it("is summed up in a line that does not run on", () => {
    expect(summary(kept({ path: "/orders" }, answer(403)))).toBe("GET /orders → 403");
    expect(summary(kept({ path: `/${"x".repeat(200)}` }, answer(200)))).toBe(`GET /${"x".repeat(76)}... → 200`);
  });

  it("has headers in lower case, lists as text, and none that are undefined", () => {
    expect(flatten({ "X-A": "1", "Set-Cookie": ["a", "b"], gone: undefined })).toEqual({
      "x-a": "1",
      "set-cookie": "a, b",
    });
  });
});
