import { WaitPeriodNotYetEndedJwkError } from "aws-jwt-verify/error";
import { beforeEach, describe, expect, test } from "vitest";
import { KEY_SET_SECONDS, KeySetCache } from "../../src/authorizer/key-set-cache.ts";
import { DependencyFault } from "../../src/shared/refusal.ts";
import { bytesOf } from "../support/authorizer.ts";

const URI = "https://pool.example/keys";
const { fresh, most, between, retry } = KEY_SET_SECONDS;

let seconds: number;
let asked: number[];
let answer: () => Promise<ArrayBuffer>;
let changes: string[];
let cache: KeySetCache;

const n = Buffer.alloc(256, 0xff).toString("base64url");
const setOf = (...kids: string[]) =>
  bytesOf({ keys: kids.map((kid) => ({ kty: "RSA", alg: "RS256", use: "sig", kid, n, e: "AQAB" })) });
const ask = (kid: unknown, uri = URI) =>
  cache.getJwk(uri, { header: { kid } } as unknown as Parameters<KeySetCache["getJwk"]>[1]);
const failure = (promise: Promise<unknown>) => promise.then(String, (error: unknown) => error);

beforeEach(() => {
  seconds = 0;
  asked = [];
  changes = [];
  answer = async () => setOf("one");
  cache = new KeySetCache({
    uris: [URI],
    fetchKeys: () => {
      asked.push(seconds);
      return answer();
    },
    onChange: (uri) => changes.push(uri),
    clock: { now: () => 0, elapsed: () => seconds * 1000 },
  });
});

describe("a key set", () => {
  test("is asked for once, and again when it is five minutes old", async () => {
    for (seconds of [0, 1, fresh - 1]) expect(await ask("one")).toMatchObject({ kid: "one" });
    expect(asked).toEqual([0]);
    seconds = fresh;
    expect(await ask("one")).toMatchObject({ kid: "one" });
    expect(asked).toEqual([0, fresh]);
    expect(changes).toEqual([URI, URI]);
  });

  test("loses the key that the pool has withdrawn within five minutes", async () => {
    await ask("one");
    answer = async () => setOf("two");
    seconds = fresh - 1;
    await ask("one");
    seconds = fresh;
    await expect(ask("one")).rejects.toBeInstanceOf(WaitPeriodNotYetEndedJwkError);
    expect(await ask("two")).toMatchObject({ kid: "two" });
  });

  test("is not used when it is an hour old, to the second, and is then asked for each second", async () => {
    await ask("one");
    answer = () => Promise.reject(new TypeError("fetch failed"));
    seconds = most - retry / 2;
    expect(await ask("one")).toMatchObject({ kid: "one" });
    seconds = most;
    const early = await failure(ask("one"));
    expect(early).toBeInstanceOf(DependencyFault);
    expect(early).toMatchObject({ cause: new Error("it did not come a moment ago") });
    expect(asked).toEqual([0, most - retry / 2]);
    answer = async () => setOf("one");
    seconds = most + retry / 2;
    expect(await ask("one")).toMatchObject({ kid: "one" });
  });

  test("that does not come when the one before is an hour old is what is blamed", async () => {
    await ask("one");
    answer = () => Promise.reject(new TypeError("fetch failed"));
    seconds = most;
    const late = await failure(ask("one"));
    expect(late).toBeInstanceOf(DependencyFault);
    expect(String((late as DependencyFault).cause)).toContain("fetch failed");
    expect(asked).toEqual([0, most]);
  });

  test("of another issuer is not asked for", async () => {
    await expect(ask("one", "https://elsewhere.example/keys")).rejects.toThrow("the key set of another issuer");
    expect(asked).toEqual([]);
  });

  test("is asked for once by many at once", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => ask("one")));
    expect(all).toHaveLength(20);
    expect(asked).toEqual([0]);
  });
});

describe("a flood of keys that nobody knows", () => {
  test("costs one request in half a minute, however many come, one after the other or at once", async () => {
    await ask("one");
    const hour = Array.from({ length: 3600 }, (_, second) => second);
    for (seconds of hour) {
      await failure(ask(`unknown-${seconds}`));
      await Promise.all([failure(ask(`a-${seconds}`)), failure(ask(`b-${seconds}`)), failure(ask("one"))]);
    }
    expect(asked).toHaveLength(3600 / between);
    expect(asked.every((second, index) => index === 0 || second - (asked[index - 1] ?? 0) >= between)).toBe(true);
  });

  test("keeps no known key from being found, and a new key is known after half a minute", async () => {
    await ask("one");
    seconds = between;
    await expect(ask("unknown")).rejects.toThrow('JWK for kid "unknown" not found in the JWKS');
    answer = async () => setOf("one", "two");
    seconds = between + 1;
    expect(await failure(ask("two"))).toBeInstanceOf(WaitPeriodNotYetEndedJwkError);
    expect(await ask("one")).toMatchObject({ kid: "one" });
    seconds = 2 * between;
    expect(await ask("two")).toMatchObject({ kid: "two" });
  });

  test("without an id of a key costs nothing", async () => {
    await ask("one");
    seconds = between;
    await expect(ask(undefined)).rejects.toThrow("JWT header does not have valid kid claim");
    expect(asked).toEqual([0]);
  });
});

describe("a pool that does not answer", () => {
  const down = () => Promise.reject(new TypeError("fetch failed"));

  test("is asked once in half a minute, and the set that there is stands in for an hour", async () => {
    await ask("one");
    answer = down;
    for (seconds = fresh; seconds < most; seconds += 1) expect(await ask("one")).toMatchObject({ kid: "one" });
    expect(asked).toHaveLength(1 + (most - fresh) / between);
    seconds = most;
    expect(await failure(ask("one"))).toBeInstanceOf(DependencyFault);
    answer = async () => setOf("one");
    seconds = most + between;
    expect(await ask("one")).toMatchObject({ kid: "one" });
  });

  test("lets nobody in while there is no set, and is asked each second", async () => {
    answer = down;
    for (seconds of [0, retry / 2, retry, 1.5 * retry]) {
      expect(await failure(ask("one"))).toMatchObject({ dependency: "key-set" });
    }
    expect(asked).toEqual([0, retry]);
  });

  test("counts the age of a set from when it was asked for", async () => {
    answer = async () => {
      seconds = 100;
      return setOf("one");
    };
    await ask("one");
    answer = async () => setOf("two");
    seconds = fresh;
    await expect(ask("one")).rejects.toBeInstanceOf(WaitPeriodNotYetEndedJwkError);
  });
});
