import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";

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
  /** The kind of the gateway's own refusal (`x-amzn-errortype`); undefined when the integration answered. */
  gatewayErrorType: string | undefined;
}

export interface FrontOptions {
  /** The URL that `/` stands for: the gateway's stage, without a trailing slash. */
  target: string;
  /** Exchanges that are kept; the oldest go first. Default: 10000. */
  keep?: number;
}

export interface Front {
  /** Base URL without a trailing slash. */
  url: string;
  /** The exchanges so far, oldest first. */
  exchanges(): readonly Exchange[];
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
 * bodies on as they come, and keeps a record of each exchange.
 */
export async function startFront({ target, keep = 10_000 }: FrontOptions): Promise<Front> {
  const base = new URL(target);
  const record: Exchange[] = [];
  const server = createServer((request, response) => {
    forward(base, request, response, (exchange) => {
      record.push(exchange);
      if (record.length > keep) record.splice(0, record.length - keep);
    });
  });
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
    close: () => closeServer(server),
  };
}

function forward(
  base: URL,
  request: IncomingMessage,
  response: ServerResponse,
  finished: (exchange: Exchange) => void,
): void {
  const startedAt = Date.now();
  // Of a request that a server received, neither is ever missing.
  const path = request.url as string;
  const method = request.method as string;
  let requestId: string | undefined;
  let gatewayErrorType: string | undefined;
  let answered = false;
  response.on("close", () => {
    const status = answered ? response.statusCode : 0;
    finished({ requestId, method, path, status, startedAt, durationMs: Date.now() - startedAt, gatewayErrorType });
  });

  const upstream = httpRequest(
    {
      host: base.hostname,
      port: base.port,
      method,
      path: `${base.pathname}${path}`,
      headers: forwardedHeaders(request, base),
    },
    (answer) => {
      answered = true;
      requestId = header(answer, "x-amzn-requestid");
      gatewayErrorType = header(answer, "x-amzn-errortype");
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
    answered = true;
    response.writeHead(502, { "content-type": "application/json" });
    response.end(JSON.stringify({ message: `The sandbox's gateway did not answer: ${error.message}` }));
  });
  response.on("close", () => {
    if (!response.writableFinished) upstream.destroy();
  });
  request.pipe(upstream);
}

/** The client's headers, with its address as API Gateway's edge adds it; a forged one stays in front of the true one. */
function forwardedHeaders(request: IncomingMessage, base: URL): string[] {
  const headers = endToEnd(request.rawHeaders).filter((_item, at, all) => {
    const name = (all[at - (at % 2)] as string).toLowerCase();
    return name !== "host" && name !== "x-forwarded-for";
  });
  const before = request.headers["x-forwarded-for"];
  const address = request.socket.remoteAddress;
  headers.push("Host", base.host, "X-Forwarded-For", before ? `${before}, ${address}` : `${address}`);
  if (request.headers["transfer-encoding"]) headers.push("Transfer-Encoding", "chunked");
  return headers;
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
