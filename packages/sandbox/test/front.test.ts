import { createServer, type IncomingMessage, type RequestOptions, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Decision, Edge } from "../src/edge/index.ts";
import { type Front, startFront } from "../src/front.ts";
import type { Gateway } from "../src/gateway/gateway.ts";

let upstream: Server;
let front: Front;
let seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; raw: string[]; body: string }[];
let answer: (request: IncomingMessage, response: import("node:http").ServerResponse) => void;

beforeEach(async () => {
  seen = [];
  answer = (_request, response) => {
    response.writeHead(200, [
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
      ["X-Amzn-RequestId", "id-1"],
      ["Connection", "close"],
    ]);
    response.end("answer");
  };
  upstream = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers, rawHeaders } = request;
    seen.push({ method, url, headers, raw: rawHeaders, body: Buffer.concat(chunks).toString() });
    answer(request, response);
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  const { port } = upstream.address() as AddressInfo;
  front = await startFront({ target: `http://127.0.0.1:${port}/_aws/execute-api/abc/live`, keep: 2 });
});

afterEach(async () => {
  await front.close();
  await new Promise((resolve) => {
    upstream.close(resolve);
    upstream.closeAllConnections();
  });
});

test("/ stands for the stage, and nothing of the request is lost", async () => {
  const response = await fetch(`${front.url}/orders?q=a%20b&q=c`, {
    method: "POST",
    body: "body",
    headers: { "x-forwarded-for": "6.6.6.6", "x-own": "1" },
  });
  expect(await response.text()).toBe("answer");
  expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  const [one] = seen;
  expect(one).toMatchObject({ method: "POST", url: "/_aws/execute-api/abc/live/orders?q=a%20b&q=c", body: "body" });
  expect(one?.headers["x-own"]).toBe("1");
  // The true address comes last, as API Gateway's edge adds it.
  expect(one?.headers["x-forwarded-for"]).toBe("6.6.6.6, 127.0.0.1");
  expect(one?.headers.host).toMatch(/^127\.0\.0\.1:\d+$/);
});

test("a body of unknown length is passed on as it comes", async () => {
  const answered = new Promise<string>((resolve, reject) => {
    const call = request(`${front.url}/stream`, { method: "POST" }, (response) => {
      response.setEncoding("utf8");
      response.on("data", resolve);
    });
    call.on("error", reject);
    call.write("one ");
    setTimeout(() => call.end("two"), 20);
  });
  expect(await answered).toBe("answer");
  expect(seen[0]?.body).toBe("one two");
  expect(seen[0]?.headers["x-forwarded-for"]).toBe("127.0.0.1");
});

test("exchanges are recorded, and the oldest go first", async () => {
  answer = (incoming, response) => {
    const refused = incoming.url?.endsWith("/refused");
    response.writeHead(refused ? 403 : 200, refused ? { "x-amzn-errortype": "AccessDeniedException" } : {});
    response.end();
  };
  for (const path of ["/a", "/b", "/refused"]) await (await fetch(`${front.url}${path}`)).arrayBuffer();
  await vi.waitFor(() => expect(front.exchanges().at(-1)?.path).toBe("/refused"));
  expect(front.exchanges().map(({ path }) => path)).toEqual(["/b", "/refused"]);
  expect(front.exchanges()[1]).toEqual({
    requestId: undefined,
    method: "GET",
    path: "/refused",
    status: 403,
    startedAt: expect.any(Number),
    durationMs: expect.any(Number),
    sourceIp: "127.0.0.1",
    httpVersion: "1.1",
    host: new URL(front.url).host,
    userAgent: "node",
    gatewayErrorType: "AccessDeniedException",
  });
});

test("a gateway that does not answer is a 502 that says so", async () => {
  answer = (_request, response) => response.destroy();
  const response = await fetch(`${front.url}/a`);
  expect(response.status).toBe(502);
  expect((await response.json()) as object).toEqual({
    message: "The sandbox's gateway did not answer: socket hang up",
  });
});

test("an answer that breaks off breaks off for the client too", async () => {
  answer = (_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("part");
    setTimeout(() => response.destroy(), 20);
  };
  const response = await fetch(`${front.url}/a`);
  await expect(response.text()).rejects.toThrow();
});

test("a client that leaves is recorded with no status", async () => {
  answer = () => {};
  const call = request(`${front.url}/slow`);
  call.on("error", () => {});
  call.end();
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  call.destroy();
  await vi.waitFor(() => expect(front.exchanges()).toHaveLength(1));
  expect(front.exchanges()[0]).toMatchObject({ path: "/slow", status: 0 });
});

describe("with an edge", () => {
  let asked: { request: Parameters<Edge["decide"]>[0]; size: number }[];
  let decide: (request: Parameters<Edge["decide"]>[0]) => Decision;
  let edged: Front;

  beforeEach(async () => {
    asked = [];
    decide = () => ({ kind: "pass", insertedHeaders: [] });
    const edge = {
      bodyBytes: () => 10,
      decide: (request: Parameters<Edge["decide"]>[0], size: number) => {
        asked.push({ request, size });
        return decide(request);
      },
    };
    const { port } = upstream.address() as AddressInfo;
    edged = await startFront({ target: `http://127.0.0.1:${port}/base`, edge });
  });

  afterEach(() => edged.close());

  /** Sends a request from an address of loopback, and gives its status. */
  function send(options: RequestOptions, ...body: string[]): Promise<number> {
    return new Promise((resolve, reject) => {
      const call = request(`${edged.url}${options.path ?? "/a"}`, { agent: false, ...options }, (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode as number));
      });
      call.on("error", reject);
      for (const part of body) call.write(part);
      call.end();
    });
  }

  test("it gets the request as the gateway's host would give it", async () => {
    const status = await send(
      {
        method: "PUT",
        path: "/a%20b?x=1?2",
        localAddress: "127.0.7.7",
        headers: [
          ["Host", "h"],
          ["X-Forwarded-For", "6.6.6.6"],
          ["X-One", "a"],
          ["x-one", "b"],
          ["Content-Length", "3"],
        ].flat(),
      },
      "abc",
    );
    expect(status).toBe(200);
    expect(asked).toEqual([
      {
        request: {
          method: "PUT",
          path: "/a%20b",
          query: "x=1?2",
          httpVersion: "1.1",
          headers: [
            ["Host", "h"],
            ["X-One", "a"],
            ["x-one", "b"],
            ["Content-Length", "3"],
            ["Connection", "close"],
            ["X-Forwarded-For", "6.6.6.6, 127.0.7.7"],
          ],
          body: Buffer.from("abc"),
          clientIp: "127.0.7.7",
        },
        size: 3,
      },
    ]);
    expect(seen[0]).toMatchObject({ method: "PUT", url: "/base/a%20b?x=1?2", body: "abc" });
  });

  test("it gets the beginning of a long body, and the gateway all of it", async () => {
    const body = Array.from({ length: 50 }, (_, at) => `${at}`.repeat(5000));
    expect(await send({ method: "POST" }, ...body)).toBe(200);
    expect(asked[0]?.request.body.length).toBeGreaterThanOrEqual(10);
    expect(seen[0]?.body).toBe(body.join(""));
  });

  test("it adds headers to what passes", async () => {
    decide = () => ({ kind: "pass", insertedHeaders: [["x-amzn-waf-a", "b"]] });
    await send({});
    expect(seen[0]?.headers["x-amzn-waf-a"]).toBe("b");
  });

  test("what it stops never reaches the gateway, however long the body is", async () => {
    const answer = {
      status: 403,
      headers: [["x-amzn-errortype", "ForbiddenException"]] as [string, string][],
      body: "no",
    };
    decide = () => ({ kind: "stopped", rule: "r", requestId: "id-9", answer });
    expect(await send({ method: "POST" }, ...Array.from({ length: 20 }, () => "z".repeat(50_000)))).toBe(403);
    expect(seen).toEqual([]);
    await vi.waitFor(() => expect(edged.exchanges()).toHaveLength(1));
    expect(edged.exchanges()[0]).toMatchObject({
      status: 403,
      layer: "edge",
      rule: "r",
      requestId: "id-9",
      gatewayErrorType: "ForbiddenException",
    });
  });

  test("when it fails, nothing passes and no rule is named", async () => {
    decide = () => ({ kind: "failed", error: new Error("why"), answer: { status: 500, headers: [], body: "" } });
    expect(await send({})).toBe(500);
    expect(seen).toEqual([]);
    await vi.waitFor(() => expect(edged.exchanges()).toHaveLength(1));
    expect(edged.exchanges()[0]).toEqual({
      requestId: undefined,
      method: "GET",
      path: "/a",
      status: 500,
      startedAt: expect.any(Number),
      durationMs: expect.any(Number),
      gatewayErrorType: undefined,
      sourceIp: "127.0.0.1",
      httpVersion: "1.1",
      host: new URL(edged.url).host,
      userAgent: undefined,
      responseBytes: 0,
      edgeMs: expect.any(Number),
      edgeFailure: "why",
    });
  });

  test("when it throws, nothing passes", async () => {
    decide = () => {
      throw new Error("never");
    };
    await expect(send({})).rejects.toThrow("socket hang up");
    expect(seen).toEqual([]);
  });

  test("a client that leaves while it sends its body is recorded, and not decided on", async () => {
    const call = request(`${edged.url}/a`, { method: "POST", headers: { "content-length": "9" } });
    call.on("error", () => {});
    call.write("part");
    await new Promise((resolve) => setTimeout(resolve, 50));
    call.destroy();
    await vi.waitFor(() => expect(edged.exchanges()).toHaveLength(1));
    expect(edged.exchanges()[0]).toMatchObject({ path: "/a", status: 0 });
    expect(asked).toEqual([]);
    expect(seen).toEqual([]);
  });
});

describe("with a gateway whose answers are kept", () => {
  let kept: Front;
  let decide: Gateway["answer"];

  beforeEach(async () => {
    decide = () => undefined;
    const { port } = upstream.address() as AddressInfo;
    const route = { method: "GET", path: "/a", cacheKeyParameters: [] };
    const settings = { ttlSeconds: 1, requireAuthorization: true, unauthorized: "FAIL_WITH_403" as const };
    const gateway: Pick<Gateway, "admit" | "caching" | "answer"> = {
      admit: ({ path }) => ({ admitted: true, path: path.slice("/v1".length) }),
      caching: () => ({ match: { route, variables: {} }, settings }),
      answer: (...given) => decide(...given),
    };
    kept = await startFront({ target: `http://127.0.0.1:${port}/base`, gateway });
  });
  afterEach(() => kept.close());

  test("it is given the request and the whole answer, and a refusal goes on as it is", async () => {
    let seenBy: Parameters<Gateway["answer"]> | undefined;
    decide = (...given) => {
      seenBy = given;
      return undefined;
    };
    const response = await fetch(`${kept.url}/v1/a?q=1`, { headers: { "x-one": "b" } });
    expect(await response.text()).toBe("answer");
    expect(seen[0]?.url).toBe("/base/a?q=1");
    expect(seenBy?.[1].query.get("q")).toBe("1");
    expect([seenBy?.[1].header("x-one"), seenBy?.[1].header("x-two")]).toEqual(["b", undefined]);
    expect(seenBy?.[2]).toMatchObject({ status: 200, refused: false, body: Buffer.from("answer") });
    await vi.waitFor(() => expect(kept.exchanges()).toHaveLength(1));
    expect(kept.exchanges()[0]?.cache).toBeUndefined();
  });

  test("an answer that breaks off is none, and one that cannot be decided on neither", async () => {
    answer = (_request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("part");
      setTimeout(() => response.destroy(), 20);
    };
    await expect(fetch(`${kept.url}/v1/a`)).rejects.toThrow("fetch failed");
    answer = (_request, response) => response.end("whole");
    decide = () => {
      throw new Error("never");
    };
    await expect(fetch(`${kept.url}/v1/a`)).rejects.toThrow("fetch failed");
  });
});
