import { type JsonParts, readJson } from "./json-body.ts";
import type { EdgeRequest } from "./request.ts";

/** Bytes that are inspected of a body on API Gateway when the web ACL says nothing, and in API Gateway's terms the other sizes. */
export const DEFAULT_BODY_LIMIT = 16 * 1024;
/**
 * "At most the first 8 KB (8,192 bytes) of the request headers and at most the first 200 headers", and the same of cookies
 * (docs.aws.amazon.com/waf/latest/developerguide/waf-oversize-request-components.html).
 */
const HEADER_BYTES = 8192;
const HEADER_COUNT = 200;

export type Pair = readonly [name: string, value: string];

/** What of a request is inspected, and of which parts there is more than that. */
export interface Inspected {
  request: EdgeRequest;
  headers: readonly Pair[];
  headersOversize: boolean;
  cookies: readonly Pair[];
  cookiesOversize: boolean;
  /** One character a byte (`latin1`). */
  body: string;
  bodyOversize: boolean;
  /** The body read as JSON; read once, when it is first asked for. */
  json(): JsonParts;
  /** Names and values as they are encoded. */
  queryArguments: readonly Pair[];
}

/** @param bodyLimit In bytes. */
export function inspect(request: EdgeRequest, bodyLimit: number): Inspected {
  const headers = cut(request.headers);
  const cookies = cut(cookiesOf(request.headers));
  const body = request.body.toString("latin1", 0, bodyLimit);
  let json: JsonParts | undefined;
  return {
    request,
    headers: headers.pairs,
    headersOversize: headers.oversize,
    cookies: cookies.pairs,
    cookiesOversize: cookies.oversize,
    body,
    json: () => {
      json ??= readJson(body);
      return json;
    },
    bodyOversize: request.body.length > bodyLimit,
    queryArguments: queryArguments(request.query),
  };
}

/** The pairs up to the first limit that is reached; the pair that crosses the limit of bytes is cut there. */
function cut(all: readonly Pair[]): { pairs: readonly Pair[]; oversize: boolean } {
  let left = HEADER_BYTES;
  const pairs: Pair[] = [];
  for (const [name, value] of all) {
    if (pairs.length === HEADER_COUNT || left <= 0) return { pairs, oversize: true };
    const room = left;
    left -= name.length + value.length;
    if (left >= 0) pairs.push([name, value]);
    else pairs.push([name.slice(0, room), value.slice(0, Math.max(0, room - name.length))]);
  }
  return { pairs, oversize: left < 0 };
}

function cookiesOf(headers: readonly Pair[]): Pair[] {
  const cookies: Pair[] = [];
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== "cookie") continue;
    for (const cookie of value.split(";")) if (cookie.trim() !== "") cookies.push(split(cookie.trim()));
  }
  return cookies;
}

function queryArguments(query: string): Pair[] {
  return query
    .split("&")
    .filter((argument) => argument !== "")
    .map(split);
}

function split(pair: string): Pair {
  const at = pair.indexOf("=");
  return at < 0 ? [pair, ""] : [pair.slice(0, at), pair.slice(at + 1)];
}
