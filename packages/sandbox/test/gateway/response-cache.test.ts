import { beforeEach, describe, expect, test } from "vitest";
import {
  type Answer,
  type CacheRequest,
  type CacheSettings,
  cacheKey,
  ResponseCache,
} from "../../src/gateway/response-cache.ts";
import type { Match } from "../../src/gateway/routes.ts";

let now: number;
let cache: ResponseCache;
beforeEach(() => {
  now = 1000;
  cache = new ResponseCache(() => now);
});

const settings: CacheSettings = { ttlSeconds: 60, requireAuthorization: true, unauthorized: "FAIL_WITH_403" };
const KEY = ["method.request.path.id", "method.request.header.Authorization"];

function match(cacheKeyParameters: string[] = KEY, variables: Record<string, string> = { id: "1" }): Match {
  return { route: { method: "GET", path: "/orders/{id}", cacheKeyParameters }, variables };
}

function request(headers: Record<string, string> = {}, query = ""): CacheRequest {
  return { query: new URLSearchParams(query), header: (name) => headers[name] };
}

function fresh(body: string, more: Partial<Answer> = {}): Answer {
  const headers = ["Content-Type", "text/plain", "x-amzn-RequestId", `id-of-${body}`];
  return { status: 200, headers, body: Buffer.from(body), refused: false, ...more };
}

/** What a client gets whose request the integration would answer with a text. */
function ask(body: string, more: { key?: string[]; headers?: Record<string, string>; settings?: CacheSettings } = {}) {
  const found = cache.answer(match(more.key), request(more.headers), more.settings ?? settings, fresh(body));
  return [found?.cache, found?.answer.body.toString()];
}

const alice = { authorization: "alice" };
const bob = { authorization: "bob" };

describe("the response cache", () => {
  test("gives one caller's answer to another where the key does not name the caller", () => {
    const key = ["method.request.path.id"];
    expect(ask("alice's", { key, headers: alice })).toEqual(["miss", "alice's"]);
    expect(ask("bob's", { key, headers: bob })).toEqual(["hit", "alice's"]);
  });

  test("gives each caller an answer of their own where the key does", () => {
    expect(ask("alice's", { headers: alice })).toEqual(["miss", "alice's"]);
    expect(ask("bob's", { headers: bob })).toEqual(["miss", "bob's"]);
    expect(ask("alice's later", { headers: alice })).toEqual(["hit", "alice's"]);
  });

  test("is asked for by who may call only, and keeps nothing that was refused", () => {
    expect(cache.answer(match(), request(alice), settings, fresh("no", { refused: true }))).toBeUndefined();
    expect(ask("alice's", { headers: alice })).toEqual(["miss", "alice's"]);
    expect(cache.answer(match(), request(alice), settings, fresh("no", { refused: true }))).toBeUndefined();
  });

  test("repeats status, headers and body under the request's own id", () => {
    cache.answer(match(), request(), settings, fresh("one", { status: 201 }));
    expect(cache.answer(match(), request(), settings, fresh("two"))?.answer).toEqual({
      status: 201,
      headers: ["Content-Type", "text/plain", "x-amzn-RequestId", "id-of-two"],
      body: Buffer.from("one"),
      refused: false,
    });
  });

  test("keeps an answer to the end of its time, and not beyond", () => {
    ask("one");
    now += 59_999;
    expect(ask("two")).toEqual(["hit", "one"]);
    now += 1;
    expect(ask("three")).toEqual(["miss", "three"]);
  });

  test.each<[string, Partial<Answer>]>([
    ["an error", { status: 500 }],
    ["a redirection", { status: 302 }],
    ["a mebibyte and one", { body: Buffer.alloc(1_048_577) }],
  ])("does not keep %s", (_title, more) => {
    expect(cache.answer(match(), request(), settings, fresh("one", more))?.cache).toBe("miss");
    expect(ask("two")).toEqual(["miss", "two"]);
  });

  test("keeps a mebibyte, and nothing for no time", () => {
    cache.answer(match(), request(), settings, fresh("one", { body: Buffer.alloc(1_048_576) }));
    expect(ask("two")[0]).toBe("hit");
    cache.flush();
    ask("three", { settings: { ...settings, ttlSeconds: 0 } });
    expect(ask("four")).toEqual(["miss", "four"]);
  });
});

describe("Cache-Control: max-age=0", () => {
  const renew = { "cache-control": "no-transform, Max-Age=0" };

  test("is refused to a client without the permission, whatever is kept", () => {
    ask("one");
    const found = cache.answer(match(), request(renew), settings, fresh("two"));
    expect(found).toMatchObject({ cache: "refused", answer: { status: 403, refused: true } });
    expect(found?.answer.headers).toEqual([
      "x-amzn-RequestId",
      "id-of-two",
      "Content-Type",
      "application/json",
      "x-amzn-errortype",
      "AccessDeniedException",
    ]);
    expect(ask("three")).toEqual(["hit", "one"]);
  });

  test("is passed over with a warning, or without one", () => {
    ask("one");
    const warned = { ...settings, unauthorized: "SUCCEED_WITH_RESPONSE_HEADER" as const };
    const found = cache.answer(match(), request(renew), warned, fresh("two"));
    expect(found?.cache).toBe("hit");
    expect(found?.answer.headers.slice(-2)).toEqual(["Warning", '199 - "Cache control header was ignored."']);
    const silent = { ...settings, unauthorized: "SUCCEED_WITHOUT_RESPONSE_HEADER" as const };
    expect(cache.answer(match(), request(renew), silent, fresh("three"))?.answer.headers).not.toContain("Warning");
  });

  test("renews the answer for everybody where no permission is asked for", () => {
    const open = { ...settings, requireAuthorization: false };
    ask("one", { settings: open });
    expect(ask("two", { settings: open, headers: renew })).toEqual(["miss", "two"]);
    expect(ask("three", { settings: open })).toEqual(["hit", "two"]);
  });

  test("other directives renew nothing", () => {
    ask("one");
    expect(ask("two", { headers: { "cache-control": "no-cache, max-age=10" } })).toEqual(["hit", "one"]);
  });
});

describe("cacheKey", () => {
  const keys = (parameter: string, ...requests: CacheRequest[]) =>
    new Set(requests.map((one) => cacheKey(match([parameter]), one))).size;

  test.each([
    ["method.request.querystring.q"],
    ["method.request.multivaluequerystring.q"],
    ["integration.request.querystring.q"],
  ])("%s tells values, nothing and an empty text apart", (parameter) => {
    expect(keys(parameter, request({}, "q=a"), request({}, "q=b"), request({}, "q="), request())).toBe(4);
  });

  test("of a repeated parameter the last value counts, or all", () => {
    const requests = [request({}, "q=a&q=b"), request({}, "q=b")] as const;
    expect(keys("method.request.querystring.q", ...requests)).toBe(1);
    expect(keys("method.request.multivaluequerystring.q", ...requests)).toBe(2);
  });

  test.each(["method.request.header.X-One", "method.request.multivalueheader.X-One"])("%s", (parameter) => {
    expect(keys(parameter, request({ "x-one": "a" }), request({ "x-one": "b" }), request())).toBe(3);
  });

  test("what is in no parameter is in no key", () => {
    expect(keys("method.request.header.X-One", request({ "x-two": "a" }, "q=1"), request({ "x-two": "b" }))).toBe(1);
    expect(keys("method.request.body.a", request({}, "a=1"), request())).toBe(1);
  });

  test("a path's variables tell entries apart", () => {
    const of = (id: Record<string, string>) => cacheKey(match(["method.request.path.id"], id), request());
    expect(new Set([of({ id: "1" }), of({ id: "2" }), of({})]).size).toBe(3);
  });
});
