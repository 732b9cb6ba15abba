import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Something that reached the attacker's server. */
export interface SinkHit {
  readonly token: string;
  readonly method: string;
  /** Decoded query string without the leading question mark. */
  readonly query: string;
  readonly body: string;
}

/** The attacker's server on the loopback interface: what reaches it has left the API. */
export interface Sink {
  /** e.g. `http://127.0.0.1:40001`. */
  readonly url: string;
  /** A new word that stands for one attempt, so that hits of other attempts are not taken for its own. */
  token(): string;
  hits(token: string): readonly SinkHit[];
  /** Waits until the token was seen, at most `timeoutMs` milliseconds. */
  waitFor(token: string, timeoutMs: number): Promise<SinkHit | undefined>;
  close(): Promise<void>;
}

/** Largest body the sink keeps, in bytes. */
const MAX_BODY_BYTES = 256 * 1024;

/** Starts the sink on a free port of 127.0.0.1. Its answers may be read by scripts of any origin, as an attacker's would. */
export async function startSink(): Promise<Sink> {
  const hits: SinkHit[] = [];
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on("end", () => {
      const url = new URL(String(request.url), "http://127.0.0.1");
      hits.push({
        token: url.pathname.slice(1),
        method: String(request.method),
        query: decode(url.search.slice(1)),
        body: Buffer.concat(chunks).toString("utf8"),
      });
      for (const wake of waiting) wake();
      response.writeHead(200, { "content-type": "text/plain", "access-control-allow-origin": "*" });
      response.end(`sink ${url.pathname.slice(1)}`);
    });
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  const of = (token: string): SinkHit[] => hits.filter((hit) => hit.token === token);
  return {
    url: `http://127.0.0.1:${port}`,
    token: () => randomUUID().slice(0, 8),
    hits: of,
    waitFor: async (token, timeoutMs) => {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const [hit] = of(token);
        if (hit || Date.now() >= deadline) return hit;
        await new Promise<void>((resolve) => {
          const wake = (): void => {
            clearTimeout(timer);
            waiting.delete(wake);
            resolve();
          };
          const timer = setTimeout(wake, deadline - Date.now());
          waiting.add(wake);
        });
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}

/** A query that is not valid percent-encoding is kept as it came: it is evidence. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
