/**
 * Project Wycheproof's tokens at the authorizer's own entry point: the handler that Lambda calls, with the vector's keys as the pool's key set.
 * The vectors' payload is `foo`, which is no claim of anybody: each is refused for that alone. Therefore the same keys, headers and spellings
 * are tried again around claims that the authorizer would accept.
 */
import { createPrivateKey, generateKeyPairSync, type JsonWebKey, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { AuthorizerContext, AuthorizerEvent, AuthorizerResult } from "../../src/authorizer/core.ts";
import { authorizerEvent, FUNCTION_ARN, OPERATIONS } from "../support/authorizer.ts";
import { CLIENT_ID, createTestPool, ISSUER, SCOPE, USER_POOL_ID } from "../support/tokens.ts";
import { type Vector, type VectorKey, wycheproofVectors } from "../support/wycheproof.ts";

type Handler = (event: AuthorizerEvent, context: AuthorizerContext) => Promise<AuthorizerResult>;

let vectors: Vector[] | undefined;
let server: Server;
let keySet: object;

beforeAll(async () => {
  vectors = await wycheproofVectors();
  server = createServer((_request, response) => response.end(JSON.stringify(keySet))).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
}, 90_000);

afterAll(() => {
  server.close();
});

beforeEach(({ skip }) => {
  if (vectors === undefined) skip("Go or the module cannot be had: see the warning");
});

/** The handler in a new process's place, with a set of keys, public parts only. */
async function handlerWith(keys: readonly VectorKey[]): Promise<(token: string) => Promise<boolean>> {
  keySet = { keys: keys.map(publicOf) };
  const environment = {
    USER_POOL_ID,
    CLIENT_IDS: CLIENT_ID,
    REQUIRED_SCOPES: SCOPE,
    OPERATIONS: JSON.stringify(OPERATIONS),
    JWKS_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  const { handler } = (await import("../../src/authorizer/handler.ts")) as { handler: Handler };
  vi.unstubAllEnvs();
  const silent = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  return async (token) => {
    silent.mockReturnValue(true);
    const answer = await handler(authorizerEvent(token), { invokedFunctionArn: FUNCTION_ARN }).catch(String);
    if (typeof answer !== "string") return true;
    expect(answer).toBe("Error: Unauthorized");
    return false;
  };
}

/** What a key set publishes. Of a key that is secret as a whole, that is all of it: a server that does so is the attack. */
function publicOf(key: VectorKey): VectorKey {
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...rest } = key;
  return rest;
}

/** The vectors by the keys that they are verified with. */
function bySet(all: readonly Vector[]): [VectorKey[], Vector[]][] {
  const sets = new Map<string, [VectorKey[], Vector[]]>();
  for (const vector of all) {
    const name = JSON.stringify(vector.keys);
    const [keys, list] = sets.get(name) ?? [vector.keys, []];
    sets.set(name, [keys, [...list, vector]]);
  }
  return [...sets.values()];
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = () => {
  const iat = Math.floor(Date.now() / 1000);
  const who = { sub: "user-alice", "cognito:groups": ["partner"], iss: ISSUER, client_id: CLIENT_ID };
  return { ...who, token_use: "access", scope: SCOPE, iat, exp: iat + 3600 };
};
const textOf = (jws: unknown) => (typeof jws === "string" ? jws : JSON.stringify(jws));

/** Header and claims, signed by a key of a vector with the algorithm that the header names; undefined where Node cannot. */
function signed(key: VectorKey, header: object): string | undefined {
  const input = `${base64(header)}.${base64(claims())}`;
  try {
    const privateKey = createPrivateKey({ key: key as JsonWebKey, format: "jwk" });
    return `${input}.${sign("sha256", Buffer.from(input), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
  } catch {
    return undefined;
  }
}

test("of all tokens of the vectors, none is let in", async () => {
  const count = { invalid: 0, valid: 0, accepted: [] as string[] };
  for (const [keys, list] of bySet(vectors ?? [])) {
    const accepts = await handlerWith(keys);
    for (const { file, id, jws, valid } of list) {
      count[valid ? "valid" : "invalid"] += 1;
      if (await accepts(textOf(jws))) count.accepted.push(`${file} ${id}`);
    }
  }
  console.info(
    `Wycheproof: ${count.invalid} invalid tokens and ${count.valid} valid ones (of foreign claims) at the handler: ` +
      `${count.accepted.length} accepted`,
  );
  expect(count).toEqual({ invalid: 421, valid: 55, accepted: [] });
}, 60_000);

test("of their headers and signatures around good claims, none is let in but what a key that is good has signed", async () => {
  const tried = { transplanted: 0, resigned: 0, controls: 0, accepted: [] as string[] };
  for (const [keys, list] of bySet(vectors ?? [])) {
    const accepts = await handlerWith(keys);
    for (const { file, id, jws, valid, comment } of list) {
      const [header = "", , signature = ""] = textOf(jws).split(".");
      tried.transplanted += 1;
      if (await accepts(`${header}.${base64(claims())}.${signature}`)) tried.accepted.push(`${file} ${id}`);
      const [key] = keys;
      const again = key && signed(key, { alg: key.alg ?? "RS256", kid: key.kid });
      if (again === undefined || keys.length > 1) continue;
      const isLetIn = await accepts(again);
      // Keys that are good, whatever became of the vector's token.
      const isBad = /Roca|1024bit|Exponent1|WrongUse/.test(comment) || !(key?.key_ops ?? ["verify"]).includes("verify");
      const isGood = key?.kty === "RSA" && key.alg === "RS256" && !isBad;
      tried[isGood ? "controls" : "resigned"] += 1;
      if (isLetIn !== isGood) tried.accepted.push(`${file} ${id} (signed with its key: ${isLetIn}, ${valid})`);
    }
  }
  console.info(
    `Wycheproof: ${tried.transplanted} headers with signatures and ${tried.resigned} keys that are not good around good claims: ` +
      `${tried.accepted.length} accepted; ${tried.controls} tokens of good keys let in`,
  );
  expect(tried.accepted).toEqual([]);
  expect(tried.controls).toBeGreaterThan(200);
}, 60_000);

test("no other spelling of a good token is let in", async () => {
  const pool = await createTestPool();
  const accepts = await handlerWith(pool.jwks.keys as VectorKey[]);
  const token = await pool.sign();
  expect(await accepts(token)).toBe(true);
  const parts = token.split(".");
  const spelled: string[] = [];
  for (const [index, part] of parts.entries()) {
    const put = (text: string) => spelled.push(parts.map((each, at) => (at === index ? text : each)).join("."));
    for (const inserted of [" ", "\t", "\n", "=", "==", "+", "/", "%", "é", "\0", "."]) {
      for (const at of [0, Math.floor(part.length / 2), part.length]) {
        put(part.slice(0, at) + inserted + part.slice(at));
      }
    }
    // The bits of the last character that mean nothing.
    for (const last of "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") {
      if (!part.endsWith(last)) put(part.slice(0, -1) + last);
    }
    put("");
  }
  spelled.push(`${token}.`, `.${token}`, parts.slice(0, 2).join("."), JSON.stringify({ protected: parts[0] }));
  for (const other of spelled) expect(await accepts(other), other.slice(-40)).toBe(false);
  console.info(`Wycheproof's spellings: ${spelled.length} of a good token, 0 accepted`);
});

test("no token with an extension that is critical, an embedded key or an address of one is let in", async () => {
  const jwk = (kid: string): VectorKey => ({
    ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }),
    ...{ kid, alg: "RS256", use: "sig" },
  });
  const [own, others] = [jwk("one"), jwk("one")];
  const accepts = await handlerWith([own]);
  const good = { alg: "RS256", kid: "one" };
  expect(await accepts(String(signed(own, good)))).toBe(true);
  for (const more of [
    { crit: ["exp"], exp: 1 },
    { crit: ["b64"], b64: true },
    { crit: [] },
    { alg: "RS384" },
    { x: "\\" },
  ]) {
    expect(await accepts(String(signed(own, { ...good, ...more })))).toBe(false);
  }
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  for (const more of [{ jwk: publicOf(others) }, { jku: address }, { x5u: address }]) {
    expect(await accepts(String(signed(others, { ...good, ...more })))).toBe(false);
  }
});
