import { randomUUID } from "node:crypto";
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { TLSSocket } from "node:tls";
import { parseAddress } from "./edge/address.ts";
import type { Decision, Edge } from "./edge/index.ts";
import type { EdgeAnswer } from "./edge/web-acl.ts";
import type { Arrival, Gateway, GatewayRule } from "./gateway/gateway.ts";
import type { Answer, CacheRequest } from "./gateway/response-cache.ts";

/** One exchange as the front saw it. */
export interface Exchange {
  /** API Gateway's request id (`x-amzn-requestid`); undefined when no answer came. */
  requestId: string | undefined;
  method: string;
  /** Path and query as the client sent them. */
  path: string;
  /** Status of the answer; 0 when the client left before there was one. */
  status: number;
  /** Milliseconds since 1970. */
  startedAt: number;
  durationMs: number;
  /**
   * Address of the connection's other end, as Node names it: API Gateway's `sourceIp`. What a client writes into `X-Forwarded-For` is no part
   * of it.
   */
  sourceIp: string | undefined;
  /** As `1.1`. */
  httpVersion: string;
  /** The `Host` header. */
  host: string | undefined;
  userAgent: string | undefined;
  /** Of a connection over TLS, in OpenSSL's names, as API Gateway's log has them. */
  tls?: { version: string; cipher: string };
  /** Bytes of the body, where it is not the gateway's own answer. */
  responseBytes?: number;
  /** Milliseconds that the web ACL took; absent where the stage has none. */
  edgeMs?: number;
  /** The kind of the gateway's own refusal (`x-amzn-errortype`); undefined when the integration answered. */
  gatewayErrorType: string | undefined;
  /**
   * `edge` when a rule of the stage's web ACL ended the exchange, so that the gateway never saw it; `gateway` when one of the addresses
   * or the response cache did, which the sandbox enforces in the emulator's place.
   */
  layer?: "edge" | "gateway";
  /** Name of that rule: a web ACL's, `Default_Action` for its own, or `GatewayRule`, or `cache-invalidation`. */
  rule?: string;
  /** Of an operation whose answers are kept: whether the client got an earlier one. */
  cache?: "hit" | "miss";
  /** Why the edge itself failed; it then denied the request, and no rule stopped it. */
  edgeFailure?: string;
}

export interface FrontOptions {
  /** The URL that `/` stands for: the gateway's stage, without a trailing slash. */
  target: string;
  /** Exchanges that are kept; the oldest go first. Default: 10000. */
  keep?: number;
  /** What decides on each request before the gateway gets it. Absent: everything passes. */
  edge?: Pick<Edge, "bodyBytes" | "decide">;
  /** The addresses of the API and the stage's response cache. Absent: every address is the API's, and no answer is kept. */
  gateway?: Pick<Gateway, "admit" | "caching" | "answer">;
}

export interface Front {
  /** Base URL without a trailing slash. */
  url: string;
  /** The exchanges so far, oldest first. */
  exchanges(): readonly Exchange[];
  /** Serves a request that came over TLS, to a custom domain. */
  serve(request: IncomingMessage, response: ServerResponse, tls: NonNullable<Arrival["tls"]>): void;
  close(): Promise<void>;
}

/** Headers of one connection, which a proxy must not pass on (RFC 9110, section 7.6.1). */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Starts the server that stands where the client's internet would be: on 127.0.0.1, it maps `/` to the gateway's stage, passes
 * bodies on as they come, and keeps a record of each exchange. An edge is asked first, with the beginning of the body.
 */
export async function startFront({ target, keep = 10_000, edge, gateway }: FrontOptions): Promise<Front> {
  const base = new URL(target);
  const record: Exchange[] = [];
  const finished = (exchange: Exchange) => {
    record.push(exchange);
    if (record.length > keep) record.splice(0, record.length - keep);
  };
  const serve = (request: IncomingMessage, response: ServerResponse, tls?: Arrival["tls"]) => {
    // What cannot be passed on, a path that no client may send, ends the exchange without an answer.
    handle({ base, edge, gateway }, request, response, tls, finished).catch(() => response.destroy());
  };
  const server = createServer((request, response) => serve(request, response));
  // The gateway's own limit on a request with its integration is 29 seconds; nothing here ends one sooner.
  server.requestTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  // The front alone keeps no process alive that has nothing else to do.
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    exchanges: () => record,
    serve,
    close: () => closeServer(server),
  };
}

interface Route {
  base: URL;
  edge: FrontOptions["edge"];
  gateway: FrontOptions["gateway"];
}

async function handle(
  { base, edge, gateway }: Route,
  request: IncomingMessage,
  response: ServerResponse,
  tls: Arrival["tls"],
  finished: (exchange: Exchange) => void,
): Promise<void> {
  const exchange: Exchange = {
    requestId: undefined,
    // Of a request that a server received, neither is ever missing.
    method: request.method as string,
    path: request.url as string,
    status: 0,
    startedAt: Date.now(),
    durationMs: 0,
    sourceIp: request.socket.remoteAddress,
    httpVersion: request.httpVersion,
    host: request.headers.host,
    userAgent: request.headers["user-agent"],
    ...(tls !== undefined && { tls: protectionOf(request.socket as TLSSocket) }),
    gatewayErrorType: undefined,
  };
  response.on("close", () => {
    finished({ ...exchange, durationMs: Date.now() - exchange.startedAt });
  });
  const admission = gateway?.admit({ host: request.headers.host ?? "", path: exchange.path, tls });
  if (admission?.admitted === false) {
    refuseArrival(admission.rule, exchange, request, response);
    return;
  }
  const upstream: Upstream = { base, path: admission?.path ?? exchange.path, gateway };
  const bodyBytes = edge?.bodyBytes() ?? 0;
  if (!edge || bodyBytes === 0) {
    forward(upstream, exchange, request, response, [], []);
    return;
  }
  const beginning = await readBeginning(request, bodyBytes);
  // The client left while it sent the body.
  if (!beginning) return;
  const asked = performance.now();
  const decision = edge.decide(edgeRequest(request, upstream.path, beginning), bodySize(request, beginning.length));
  exchange.edgeMs = performance.now() - asked;
  if (decision.kind === "pass") {
    forward(upstream, exchange, request, response, [beginning], decision.insertedHeaders);
    return;
  }
  refuse(decision, exchange, request, response);
}

function protectionOf(socket: TLSSocket): Exchange["tls"] {
  return { version: socket.getProtocol() ?? "", cipher: socket.getCipher().name };
}

/** The first bytes of a body, not all of them if it has more; the rest stays in the stream. Undefined when the client leaves. */
function readBeginning(request: IncomingMessage, bytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const done = (beginning: Buffer | undefined) => {
      request.off("data", onData);
      request.off("end", onEnd);
      request.off("close", onClose);
      resolve(beginning);
    };
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size < bytes) return;
      request.pause();
      done(Buffer.concat(chunks));
    };
    const onEnd = () => done(Buffer.concat(chunks));
    const onClose = () => done(undefined);
    request.on("data", onData);
    request.on("end", onEnd);
    request.on("close", onClose);
    request.on("error", () => {});
  });
}

/** The size that a body says it has, or that has come of it. */
function bodySize(request: IncomingMessage, received: number): number {
  return Math.max(received, Number(request.headers["content-length"] ?? 0));
}

/** The request as API Gateway hands it to AWS WAF: with its own `X-Forwarded-For`, and the path as the client sent it. */
function edgeRequest(request: IncomingMessage, url: string, body: Buffer): Parameters<Edge["decide"]>[0] {
  const { method, httpVersion, rawHeaders, socket } = request;
  const [path = "", ...query] = url.split("?");
  const headers: [string, string][] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.toLowerCase() !== "x-forwarded-for") headers.push([name, rawHeaders[at + 1] as string]);
  }
  headers.push(["X-Forwarded-For", forwardedFor(request)]);
  const clientIp = parseAddress(socket.remoteAddress ?? "") ?? "";
  return { method: method as string, path, query: query.join("?"), httpVersion, headers, body, clientIp };
}

function refuse(
  decision: Exclude<Decision, { kind: "pass" }>,
  exchange: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { status, headers, body }: EdgeAnswer = decision.answer;
  exchange.status = status;
  exchange.responseBytes = Buffer.byteLength(body);
  if (decision.kind === "failed") exchange.edgeFailure = decision.error.message;
  else {
    exchange.requestId = decision.requestId;
    exchange.layer = "edge";
    exchange.rule = decision.rule;
  }
  exchange.gatewayErrorType = headers.find(([name]) => name === "x-amzn-errortype")?.[1];
  response.writeHead(
    status,
    [...headers, ...(exchange.requestId ? [["x-amzn-requestid", exchange.requestId]] : [])].flat(),
  );
  response.end(body);
  // What is left of the body is read and thrown away, so that the client gets the answer.
  request.resume();
}

/** What API Gateway answers at an address that is not the API's. */
function refuseArrival(
  rule: GatewayRule,
  exchange: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  Object.assign(exchange, { status: 403, requestId: randomUUID(), layer: "gateway", rule });
  exchange.gatewayErrorType = "ForbiddenException";
  response.writeHead(403, {
    "content-type": "application/json",
    "x-amzn-errortype": "ForbiddenException",
    "x-amzn-requestid": exchange.requestId,
  });
  response.end('{"message":"Forbidden"}');
  request.resume();
}

interface Upstream {
  base: URL;
  /** Path and query below the stage. */
  path: string;
  gateway: FrontOptions["gateway"];
}

function forward(
  { base, path, gateway }: Upstream,
  exchange: Exchange,
  request: IncomingMessage,
  response: ServerResponse,
  beginning: readonly Buffer[],
  inserted: readonly [name: string, value: string][],
): void {
  const upstream = httpRequest(
    {
      host: base.hostname,
      port: base.port,
      method: exchange.method,
      path: `${base.pathname}${path}`,
      headers: [...forwardedHeaders(request, base), ...inserted.flat()],
    },
    (answer) => {
      exchange.requestId = header(answer, "x-amzn-requestid");
      exchange.gatewayErrorType = header(answer, "x-amzn-errortype");
      exchange.status = answer.statusCode as number;
      const cached = gateway?.caching(exchange.method, path);
      if (gateway !== undefined && cached !== undefined) {
        const decide = (fresh: Answer) => gateway.answer(cached, cacheRequest(request, path), fresh);
        answerFromCache(decide, answer, exchange, response).catch(() => response.destroy());
        return;
      }
      response.writeHead(answer.statusCode as number, endToEnd(answer.rawHeaders));
      answer.pipe(response);
      answer.on("error", () => response.destroy());
    },
  );
  upstream.on("error", (error) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    exchange.status = 502;
    response.writeHead(502, { "content-type": "application/json" });
    response.end(JSON.stringify({ message: `The sandbox's gateway did not answer: ${error.message}` }));
  });
  response.on("close", () => {
    if (!response.writableFinished) upstream.destroy();
  });
  for (const chunk of beginning) if (chunk.length > 0) upstream.write(chunk);
  request.pipe(upstream);
}

function cacheRequest(request: IncomingMessage, path: string): CacheRequest {
  return {
    query: new URLSearchParams(path.split("?").slice(1).join("?")),
    header: (name) => request.headers[name]?.toString(),
  };
}

/** Gives an earlier answer in the place of the gateway's, where there is one. */
async function answerFromCache(
  decide: (fresh: Answer) => ReturnType<Gateway["answer"]>,
  incoming: IncomingMessage,
  exchange: Exchange,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const fresh: Answer = {
    status: incoming.statusCode as number,
    headers: endToEnd(incoming.rawHeaders),
    body: Buffer.concat(chunks),
    refused: exchange.gatewayErrorType !== undefined,
  };
  const decided = decide(fresh);
  const { status, headers, body } = decided?.answer ?? fresh;
  exchange.status = status;
  exchange.responseBytes = body.length;
  if (decided?.cache === "refused") Object.assign(exchange, { layer: "gateway", rule: "cache-invalidation" });
  else if (decided !== undefined) exchange.cache = decided.cache;
  // Its length is the body's own: an earlier answer has another than the gateway's.
  response.writeHead(status, [...withoutLength(headers), "Content-Length", String(body.length)]);
  response.end(body);
}

function withoutLength(raw: readonly string[]): string[] {
  return raw.filter((_item, at) => (raw[at - (at % 2)] as string).toLowerCase() !== "content-length");
}

/** What says by which endpoint of a VPC a request comes: from the internet by none (`emulator/resource_policy.py`). */
const OF_THE_NETWORK = new Set(["x-amzn-vpce-id", "x-amzn-vpc-id"]);

/** The client's headers, with its address as API Gateway's edge adds it; a forged one stays in front of the true one. */
function forwardedHeaders(request: IncomingMessage, base: URL): string[] {
  const headers = endToEnd(request.rawHeaders).filter((_item, at, all) => {
    const name = (all[at - (at % 2)] as string).toLowerCase();
    return name !== "host" && name !== "x-forwarded-for" && !OF_THE_NETWORK.has(name);
  });
  headers.push("Host", base.host, "X-Forwarded-For", forwardedFor(request));
  if (request.headers["transfer-encoding"]) headers.push("Transfer-Encoding", "chunked");
  return headers;
}

function forwardedFor(request: IncomingMessage): string {
  const before = request.headers["x-forwarded-for"];
  const address = request.socket.remoteAddress;
  return before ? `${before}, ${address}` : `${address}`;
}

/** Raw header pairs without those of the connection; repeated headers, `Set-Cookie` above all, stay apart. */
function endToEnd(raw: string[]): string[] {
  return raw.filter((_item, at) => !HOP_BY_HOP.has((raw[at - (at % 2)] as string).toLowerCase()));
}

function header(message: IncomingMessage, name: string): string | undefined {
  // Only `set-cookie` comes as a list.
  return message.headers[name] as string | undefined;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
