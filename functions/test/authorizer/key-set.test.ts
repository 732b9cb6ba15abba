import { expect, test } from "vitest";
import { parseKeySet } from "../../src/authorizer/key-set.ts";
import { bytesOf } from "../support/authorizer.ts";

const n = Buffer.alloc(256, 0xff).toString("base64url");
const KEY = { kty: "RSA", alg: "RS256", use: "sig", kid: "one", n, e: "AQAB" };
const kidsOf = (...keys: object[]) => parseKeySet(bytesOf({ keys })).keys.map(({ kid }) => kid);

test("keeps what a pool may sign with", () => {
  const { use: _, ...unspoken } = KEY;
  const verifying = { ...unspoken, kid: "three", key_ops: ["verify"] };
  expect(kidsOf(KEY, { ...unspoken, kid: "two" }, verifying)).toEqual(["one", "two", "three"]);
});

test.each<[string, object]>([
  ["of another kind", { ...KEY, kid: "two", kty: "EC" }],
  ["of another algorithm", { ...KEY, kid: "two", alg: "RS512" }],
  ["of no algorithm", { ...KEY, kid: "two", alg: undefined }],
  ["to encrypt with", { ...KEY, kid: "two", use: "enc" }],
  ["that does not verify", { ...KEY, kid: "two", key_ops: ["encrypt"] }],
  ["whose operations are no list", { ...KEY, kid: "two", key_ops: "verify" }],
  ["without an id", { ...KEY, kid: undefined }],
  ["of 1024 bits", { ...KEY, kid: "two", n: Buffer.alloc(128, 0xff).toString("base64url") }],
  [
    "of 1024 bits behind zeros",
    { ...KEY, kid: "two", n: Buffer.alloc(256, 0xff).fill(0, 0, 128).toString("base64url") },
  ],
  ["without a modulus", { ...KEY, kid: "two", n: undefined }],
  ["with the exponent 1", { ...KEY, kid: "two", e: "AQ" }],
])("leaves out a key %s", (_what, key) => {
  expect(kidsOf(KEY, key)).toEqual(["one"]);
});

test("leaves out two keys of one id, because a token does not say which it means", () => {
  expect(kidsOf(KEY, { ...KEY, kid: "two" }, { ...KEY, kid: "two", n: `A${n.slice(1)}` })).toEqual(["one"]);
});

test("leaves out a key that its modulus gives away (CVE-2017-15361)", () => {
  // 65537 to some power, modulo the product of the primes of the test: what the library's moduli look like to it.
  const product = [11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157].reduce(
    (all, prime) => all * BigInt(prime),
    1n,
  );
  const rest = 65537n ** 7n % product;
  const modulus = ((1n << 2047n) / product) * product + product + rest;
  const guessable = { ...KEY, kid: "two", n: Buffer.from(modulus.toString(16), "hex").toString("base64url") };
  expect(kidsOf(KEY, guessable)).toEqual(["one"]);
});

test.each([
  ["{", "JWKS could not be parsed as JSON"],
  ["null", "JWKS empty"],
  ['{"keys":[]}', "JWKS has no key that a pool could have signed with"],
  [
    JSON.stringify({ keys: [{ ...KEY, alg: "HS256", kty: "oct" }] }),
    "JWKS has no key that a pool could have signed with",
  ],
])("takes %s for no key set", (text, message) => {
  expect(() => parseKeySet(bytesOf(text))).toThrow(message);
});

test("takes bytes that are no UTF-8, and a byte order mark, for no key set", () => {
  const set = Buffer.from(JSON.stringify({ keys: [KEY], note: "?" }));
  const bytesOf = (bytes: Buffer) => new Uint8Array(bytes).buffer;
  expect(parseKeySet(bytesOf(set)).keys).toHaveLength(1);
  for (const bytes of [
    Buffer.from(set).fill(0xff, set.indexOf("?"), set.indexOf("?") + 1),
    Buffer.concat([Buffer.from("\ufeff"), set]),
  ]) {
    expect(() => parseKeySet(bytesOf(bytes))).toThrow("JWKS could not be parsed as JSON");
  }
  expect(() => parseKeySet(new Uint8Array([0x7b, 0xff, 0x7d]).buffer)).toThrow("JWKS could not be parsed as JSON");
});
