/** A request as it travels, for both firewalls. Texts have one character a byte (`latin1`). */
export interface BenchRequest {
  method: string;
  /** Path and query. */
  uri: string;
  version: string;
  headers: [name: string, value: string][];
  body: Buffer;
}

/** One case: a request, what it is, and where it comes from. */
export interface BenchCase {
  set: BenchSet;
  id: string;
  /** Whether a firewall should block it. */
  attack: boolean;
  request: BenchRequest;
}

export const SETS = ["crs-942", "crs-941", "crs-negative", "libinjection", "held-out", "schemathesis"] as const;
export type BenchSet = (typeof SETS)[number];

const HOST: [string, string] = ["Host", "api.example.com"];
const AGENT: [string, string] = ["User-Agent", "bench/1.0"];
const TOKEN: [string, string] = ["Authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"];

/** A search; what is searched is encoded already. */
export function inQuery(encoded: string): BenchRequest {
  return {
    method: "GET",
    uri: `/products?q=${encoded}`,
    version: "HTTP/1.1",
    headers: [HOST, AGENT, ["Accept", "application/json"], TOKEN],
    body: Buffer.alloc(0),
  };
}

/** An order with this JSON text. */
export function inBody(json: string): BenchRequest {
  const body = Buffer.from(json);
  return {
    method: "POST",
    uri: "/orders",
    version: "HTTP/1.1",
    headers: [
      HOST,
      AGENT,
      ["Accept", "application/json"],
      TOKEN,
      ["Content-Type", "application/json"],
      ["Content-Length", String(body.length)],
    ],
    body,
  };
}

export function inHeader(name: string, value: string): BenchRequest {
  const plain = inQuery("mug");
  return { ...plain, headers: [...plain.headers, [name, Buffer.from(value).toString("latin1")]] };
}

export function inCookie(cookies: string): BenchRequest {
  const plain = inQuery("mug");
  return { ...plain, headers: [...plain.headers, ["Cookie", cookies]] };
}
