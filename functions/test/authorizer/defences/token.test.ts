import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { createTokenVerifier, type TokenEnvironment } from "../../../src/authorizer/defences/token.ts";
import { DependencyFault } from "../../../src/shared/refusal.ts";
import { bytesOf } from "../../support/authorizer.ts";
import { CLIENT_ID, createTestPool, ISSUER, SCOPE, USER_POOL_ID } from "../../support/tokens.ts";

const environment: TokenEnvironment = {
  userPoolIds: [USER_POOL_ID],
  clientIds: [CLIENT_ID, "client2"],
  requiredScopes: [SCOPE, "orders/read"],
  jwksUris: [],
  resultTtlSeconds: 30,
};

let pool: Awaited<ReturnType<typeof createTestPool>>;
let asked: string[][];

beforeAll(async () => {
  pool = await createTestPool();
});

function verifierOf(more: Partial<TokenEnvironment> = {}) {
  asked = [];
  return createTokenVerifier({ ...environment, ...more }, async (uri) => {
    asked.push([...uri]);
    return bytesOf(pool.jwks);
  });
}

// Seconds, which the pool's tokens begin at unless they say otherwise.
const NOW = Math.floor(Date.now() / 1000);
/** A verifier at a time that stands still. */
const verifierAt = (seconds: number) =>
  createTokenVerifier(environment, async () => bytesOf(pool.jwks), { now: () => seconds * 1000, elapsed: () => 0 });
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a verifier", () => {
  test("accepts an access token of the pool, and fetches the keys once", async () => {
    const verify = verifierOf();
    for (const client of [CLIENT_ID, "client2"]) {
      expect(await verify(await pool.sign({ client_id: client }))).toMatchObject({
        sub: "user-alice",
        "cognito:groups": ["partner", "company:acme"],
      });
    }
    expect(asked).toEqual([[`${ISSUER}/.well-known/jwks.json`]]);
  });

  test("asks for the keys where it is told to", async () => {
    const jwksUris = ["http://127.0.0.1:4566/keys", "https://copy.example/keys"];
    const verify = verifierOf({ jwksUris });
    await verify(await pool.sign());
    expect(asked).toEqual([jwksUris]);
  });

  test("needs no scope where none is required", async () => {
    await expect(verifierOf({ requiredScopes: [] })(await pool.sign({ scope: undefined }))).resolves.toBeTruthy();
  });

  test.each<[string, () => Promise<string> | string]>([
    ["no token", () => "x"],
    [
      "no signature (alg none)",
      async () => {
        const [, payload] = (await pool.sign()).split(".");
        return `${base64({ alg: "none", kid: "key-1" })}.${payload}.`;
      },
    ],
    [
      "HS256 with the public key as the secret",
      async () => {
        const [, payload] = (await pool.sign()).split(".");
        const input = `${base64({ alg: "HS256", kid: "key-1" })}.${payload}`;
        return `${input}.${createHmac("sha256", String(pool.publicJwk.n)).update(input).digest("base64url")}`;
      },
    ],
    ["an unknown key", () => pool.sign({}, { kid: "key-2" })],
    ["another pool's key under the same id", async () => (await createTestPool()).sign()],
    [
      "other claims under a good signature",
      async () => {
        const [header, , signature] = (await pool.sign()).split(".");
        return `${header}.${base64({ iss: ISSUER, client_id: CLIENT_ID, token_use: "access", scope: SCOPE })}.${signature}`;
      },
    ],
    ["another issuer", () => pool.sign({ iss: ISSUER.replace("AbCdEf123", "Other1") })],
    ["an expired token", () => pool.sign({ exp: Math.floor(Date.now() / 1000) - 1 })],
    ["a token that ends while the answer is kept", () => pool.sign({ exp: Math.floor(Date.now() / 1000) + 25 })],
    ["a token without a beginning", () => pool.sign({ iat: undefined })],
    ["the pool's other form of issuer", () => pool.sign({ iss: ISSUER.replace("cognito-idp", "issuer-cognito-idp") })],
    ["a token that does not end", () => pool.sign({ exp: undefined })],
    ["a token that is not yet valid", () => pool.sign({ nbf: Math.floor(Date.now() / 1000) + 60 })],
    ["an ID token", () => pool.sign({ token_use: "id", aud: CLIENT_ID, client_id: undefined })],
    ["another client", () => pool.sign({ client_id: "client3" })],
    ["no client", () => pool.sign({ client_id: undefined })],
    ["another scope", () => pool.sign({ scope: "orders/write" })],
    ["no scope", () => pool.sign({ scope: undefined })],
  ])("refuses %s", async (_what, make) => {
    const error = await verifierOf()(await make()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(DependencyFault);
  });

  test("takes a token that ends when the answer is forgotten, and none that ends a second before", async () => {
    await expect(verifierAt(NOW)(await pool.sign({ exp: NOW + 30 }))).resolves.toMatchObject({ exp: NOW + 30 });
    await expect(verifierAt(NOW)(await pool.sign({ exp: NOW + 29 }))).rejects.toThrow(
      new Error("the token ends before the answer is forgotten"),
    );
  });

  test("takes a token that begins a minute from now, and blames the clock for one of a second later", async () => {
    await expect(verifierAt(NOW)(await pool.sign({ iat: NOW + 60 }))).resolves.toMatchObject({ iat: NOW + 60 });
    await expect(verifierAt(NOW)(await pool.sign({ iat: NOW + 61 }))).rejects.toMatchObject({ dependency: "clock" });
  });

  test("says what a token lacks", async () => {
    await expect(verifierOf()(await pool.sign({ exp: undefined }))).rejects.toThrow(
      new Error("the token does not end"),
    );
    await expect(verifierOf()(await pool.sign({ iat: undefined }))).rejects.toThrow(
      new Error("the token has no beginning"),
    );
  });

  describe("takes a signature in one spelling:", () => {
    const OTHERWISE = new Error("the token is written in another way than its issuer writes it");
    const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const isRefusedForItsSpelling = async (signature: string) => {
      const error = await verifierOf()(`${base64({ alg: "RS256", kid: "key-1" })}.${base64({})}.${signature}`).catch(
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(Error);
      return (error as Error).message === OTHERWISE.message;
    };

    test.each([2, 3, 4, 6, 342])("of %i characters, the one that its bytes are written as", async (length) => {
      for (const last of ALPHABET) {
        const signature = "A".repeat(length - 1) + last;
        const written = Buffer.from(signature, "base64url").toString("base64url");
        expect(await isRefusedForItsSpelling(signature), signature).toBe(written !== signature);
      }
    });

    test.each(["", "A", "AAAAA", "AA==", "AAA=", "AA+A", "AA/A", "!AAA", "AAA!", "AAA ", "\nAAA"])(
      "not %j",
      async (signature) => {
        expect(await isRefusedForItsSpelling(signature)).toBe(true);
      },
    );

    test("not a good one with padding, nor with bits that mean nothing", async () => {
      const token = await pool.sign();
      await expect(verifierOf()(token)).resolves.toBeTruthy();
      await expect(verifierOf()(`${token}==`)).rejects.toThrow(OTHERWISE);
      const next = String.fromCharCode(token.charCodeAt(token.length - 1) + 1);
      await expect(verifierOf()(token.slice(0, -1) + next)).rejects.toThrow(OTHERWISE);
    });
  });

  test("refuses a header with an extension that is critical, each time, also where its name is written with an escape", async () => {
    const verify = verifierOf();
    const good = await pool.sign();
    const [, payload, signature] = good.split(".");
    for (const header of [
      '{"alg":"RS256","kid":"key-1","crit":["x"],"x":1}',
      '{"alg":"RS256","kid":"key-1","cr\\u0069t":["x"]}',
    ]) {
      const token = [Buffer.from(header).toString("base64url"), payload, signature].join(".");
      for (let time = 0; time < 2; time += 1) {
        await expect(verify(token)).rejects.toThrow(new Error("the token has an extension that is critical"));
      }
      await expect(verify(good)).resolves.toBeTruthy();
    }
  });

  test("asks the copies of the first pool's set for that pool's keys alone", async () => {
    const farIssuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Far1";
    const verify = verifierOf({
      userPoolIds: [USER_POOL_ID, "us-east-1_Far1"],
      jwksUris: ["https://copy.example/keys"],
    });
    await expect(verify(await pool.sign())).resolves.toBeTruthy();
    await expect(verify(await pool.sign({ iss: farIssuer }))).resolves.toBeTruthy();
    expect(asked).toEqual([["https://copy.example/keys"], [`${farIssuer}/.well-known/jwks.json`]]);
  });

  test.each<[string, () => Promise<ArrayBuffer>, string]>([
    ["does not come", () => Promise.reject(new TypeError("fetch failed")), "TypeError"],
    ["is no JSON", async () => new TextEncoder().encode("<html>").buffer, "JWKS could not be parsed as JSON"],
    ["is another kind of JSON", async () => new TextEncoder().encode("{}").buffer, "JWKS does not include keys"],
    [
      "holds what is no key",
      async () => new TextEncoder().encode('{"keys":[{}]}').buffer,
      "JWK kty should be a string",
    ],
  ])("blames the key set, not the token, where the key set %s", async (_what, fetchKeys, cause) => {
    const error = await createTokenVerifier(
      environment,
      fetchKeys,
    )(await pool.sign()).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DependencyFault);
    expect(error).toMatchObject({ dependency: "key-set" });
    expect(String((error as DependencyFault).cause)).toContain(cause);
  });

  test("blames the clock, not the token, for a token of the future", async () => {
    const error = await verifierOf()(await pool.sign({ iat: Math.floor(Date.now() / 1000) + 90 })).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ dependency: "clock" });
  });

  test("asks again for a key set that did not come, a second later", async () => {
    let tries = 0;
    let seconds = 0;
    const clock = { now: () => Date.now(), elapsed: () => seconds * 1000 };
    const verify = createTokenVerifier(
      environment,
      async () => {
        tries += 1;
        if (tries === 1) throw new TypeError("fetch failed");
        return bytesOf(pool.jwks);
      },
      clock,
    );
    await expect(verify(await pool.sign())).rejects.toBeInstanceOf(DependencyFault);
    await expect(verify(await pool.sign())).rejects.toBeInstanceOf(DependencyFault);
    expect(tries).toBe(1);
    seconds = 1;
    await expect(verify(await pool.sign())).resolves.toBeTruthy();
  });

  test("forgets what it made of a key when the set says another under the same id", async () => {
    let keys = pool.jwks;
    let seconds = 0;
    const clock = { now: () => Date.now(), elapsed: () => seconds * 1000 };
    const verify = createTokenVerifier(environment, async () => bytesOf(keys), clock);
    await verify(await pool.sign());
    const next = await createTestPool();
    keys = next.jwks;
    seconds = 301;
    await expect(verify(await pool.sign())).rejects.toThrow("Invalid signature");
    await expect(verify(await next.sign())).resolves.toBeTruthy();
  });

  test("forgets it of two pools too, of the one whose set came", async () => {
    const [far, farIssuer] = [await createTestPool(), "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Far1"];
    const sets: Record<string, unknown> = {
      [`${ISSUER}/.well-known/jwks.json`]: pool.jwks,
      [`${farIssuer}/.well-known/jwks.json`]: far.jwks,
    };
    let seconds = 0;
    const verify = createTokenVerifier(
      { ...environment, userPoolIds: [USER_POOL_ID, "us-east-1_Far1"] },
      async ([uri = ""]) => bytesOf(sets[uri]),
      { now: () => Date.now(), elapsed: () => seconds * 1000 },
    );
    await verify(await pool.sign());
    await verify(await far.sign({ iss: farIssuer }));
    const next = await createTestPool();
    sets[`${farIssuer}/.well-known/jwks.json`] = next.jwks;
    seconds = 301;
    await expect(verify(await far.sign({ iss: farIssuer }))).rejects.toThrow("Invalid signature");
    await expect(verify(await next.sign({ iss: farIssuer }))).resolves.toBeTruthy();
    await expect(verify(await pool.sign())).resolves.toBeTruthy();
  });

  test("asks each pool's own issuer, and takes no pool's token for another's", async () => {
    const [far, farIssuer] = [await createTestPool(), "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Far1"];
    const sets: Record<string, unknown> = {
      [`${ISSUER}/.well-known/jwks.json`]: pool.jwks,
      [`${farIssuer}/.well-known/jwks.json`]: far.jwks,
    };
    const pools = { ...environment, userPoolIds: [USER_POOL_ID, "us-east-1_Far1"] };
    const verify = createTokenVerifier(pools, async ([uri = ""]) => bytesOf(sets[uri]));
    await expect(verify(await pool.sign())).resolves.toBeTruthy();
    await expect(verify(await far.sign({ iss: farIssuer }))).resolves.toBeTruthy();
    await expect(verify(await far.sign())).rejects.toThrow("Invalid signature");
    await expect(verify(await pool.sign({ iss: farIssuer }))).rejects.toThrow("Invalid signature");
  });

  test("does not ask again and again for keys that strangers name", async () => {
    const verify = verifierOf();
    for (let index = 0; index < 5; index++) {
      await expect(verify(await pool.sign({}, { kid: `key-${index + 2}` }))).rejects.toThrow();
    }
    expect(asked).toHaveLength(1);
    await expect(verify(await pool.sign())).resolves.toBeTruthy();
  });
});
