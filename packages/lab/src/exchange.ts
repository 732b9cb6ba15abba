import { request as httpRequest } from "node:http";

/** Why a request was sent. Only `attack` requests are judged; `setup` and `proof` prepare and measure them. */
export type Purpose = "setup" | "attack" | "proof" | "twin";

/** A request as an attacker or a legitimate client sends it. */
export interface LabRequest {
  /** Who sends it, for the report: a user of the lab, or `nobody`. */
  readonly client: string;
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path and query below the stage's URL, beginning with a slash, already percent-encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The loopback address that it is sent from; by default the machine's own choice, 127.0.0.1. */
  readonly from?: string;
}

/** What came back. */
export interface LabResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a browser saw while it opened a page. */
export interface BrowserObservation {
  /** Directives of the content security policy that the browser enforced against the page. */
  readonly violations: readonly string[];
  readonly console: readonly string[];
  /** Cookies that the browser kept from a request or from a script, each with its reason, e.g. `__Host-session: SameSiteStrict`. */
  readonly withheld?: readonly string[];
  /** What the page shows in its frames, as text. */
  readonly framed?: string;
}

/** One request and its answer: the evidence of the report. */
export interface Exchange {
  readonly purpose: Purpose;
  /** `http`: sent to the stage's edge. `browser`: opened in Chromium. `aws`: an AWS call with stolen credentials. */
  readonly via: "http" | "browser" | "aws";
  readonly request: LabRequest & { readonly url: string };
  readonly response: LabResponse;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly browser?: BrowserObservation;
}

/** Largest answer that the client keeps, in bytes: an entity expansion may answer with much more. */
export const MAX_RESPONSE_BYTES = 32 * 1024 * 1024;

/** Milliseconds after which a request is given up. */
export const REQUEST_TIMEOUT_MS = 60_000;

/**
 * Sends one request with node:http, which (unlike fetch) changes neither the path nor the headers.
 *
 * @throws Error when the stage does not answer: an attack that was not carried out has no verdict.
 */
export async function exchange(baseUrl: string, request: LabRequest, purpose: Purpose): Promise<Exchange> {
  const url = `${baseUrl.replace(/\/$/, "")}${request.path}`;
  const startedAt = Date.now();
  const response = await new Promise<LabResponse>((resolve, reject) => {
    const body = request.body === undefined ? undefined : Buffer.from(request.body, "utf8");
    const base = new URL(baseUrl);
    const outgoing = httpRequest(
      {
        // In parts: of a whole URL node would resolve `..` before it is sent.
        host: base.hostname,
        port: base.port,
        localAddress: request.from,
        path: `${base.pathname.replace(/\/$/, "")}${request.path}`,
        method: request.method,
        timeout: REQUEST_TIMEOUT_MS,
        agent: false,
        headers: { ...request.headers, ...(body ? { "content-length": String(body.length) } : {}) },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        incoming.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes <= MAX_RESPONSE_BYTES) chunks.push(chunk);
        });
        incoming.on("error", reject);
        incoming.on("end", () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: flatten(incoming.headers),
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error(`no answer within ${REQUEST_TIMEOUT_MS} ms`)));
    outgoing.on("error", (cause) =>
      reject(new Error(`${request.method} ${url} was not answered: ${cause.message}`, { cause })),
    );
    outgoing.end(body);
  });
  return { purpose, via: "http", request: { ...request, url }, response, startedAt, endedAt: Date.now() };
}

/** Node gives some headers as lists; the report and the checks want text. */
export function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}

/** The answer's body as JSON, or undefined where it is not JSON. */
export function json(exchange: Exchange): unknown {
  try {
    return JSON.parse(exchange.response.body);
  } catch {
    return undefined;
  }
}

/** A field of the answer's JSON object, or undefined. */
export function field(exchange: Exchange, name: string): unknown {
  const body = json(exchange);
  return typeof body === "object" && body !== null ? (body as Record<string, unknown>)[name] : undefined;
}

/** A list of objects in the answer's JSON object; empty where there is none. */
export function list(exchange: Exchange, name: string): Record<string, unknown>[] {
  const value = field(exchange, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === "object" && item !== null) : [];
}

/** Whether the stage served the request. */
export function served(exchange: Exchange): boolean {
  return exchange.response.status >= 200 && exchange.response.status < 300;
}

/** The request and its status in one line of evidence, e.g. `GET /orders/1 → 403`. */
export function summary(exchange: Exchange): string {
  const path = exchange.request.path.length > 80 ? `${exchange.request.path.slice(0, 77)}...` : exchange.request.path;
  return `${exchange.request.method} ${path} → ${exchange.response.status}`;
}
