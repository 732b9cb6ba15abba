import { createHmac, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { claimsOf, OTHER_ISSUER, onceExpired, type PublishedKey, tokenForge } from "../src/tokens.ts";
import { unsigned } from "./support.ts";

const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...publicKey.export({ format: "jwk" }), kid: "pool-key" } as PublishedKey;
const forge = tokenForge(key, { expired: async () => "e", template: "t" });
const claims = { sub: "carol", iss: "https://pool", exp: 9 };

const parts = (token: string) => token.split(".") as [string, string, string];
const head = (token: string) => JSON.parse(Buffer.from(parts(token)[0], "base64url").toString());

describe("the forger", () => {
  it("leaves the signature out for alg none", () => {
    expect(head(forge.algNone(claims))).toEqual({ alg: "none", kid: "pool-key" });
    expect(parts(forge.algNone(claims))[2]).toBe("");
    expect(claimsOf(forge.algNone(claims))).toEqual(claims);
  });

  it("signs with the published key's PEM as an HMAC secret", () => {
    const token = forge.hs256PublicKey(claims);
    const [header, payload, signature] = parts(token);
    const pem = createPublicKey({ key, format: "jwk" }).export({ format: "pem", type: "spki" });
    expect(head(token)).toEqual({ alg: "HS256", kid: "pool-key" });
    expect(createHmac("sha256", pem).update(`${header}.${payload}`).digest("base64url")).toBe(signature);
  });

  it.each([
    ["unknownKid", "attackers-key", "https://pool"],
    ["otherIssuer", "pool-key", OTHER_ISSUER],
  ] as const)("signs %s with a key that is not the pool's", (kind, kid, iss) => {
    const token = forge[kind](claims);
    const [header, payload, signature] = parts(token);
    expect(head(token)).toEqual({ alg: "RS256", kid });
    expect(claimsOf(token)).toEqual({ ...claims, iss });
    const input = Buffer.from(`${header}.${payload}`);
    expect(verify("RSA-SHA256", input, publicKey, Buffer.from(signature, "base64url"))).toBe(false);
  });

  it("passes the genuine tokens on", async () => {
    expect(forge.template).toBe("t");
    expect(await forge.expired()).toBe("e");
  });
});

describe("an expired token", () => {
  it("is given at once when its time is over", async () => {
    const token = unsigned({ exp: 9 });
    expect(await onceExpired(token, () => 10_000)).toBe(token);
  });

  it("is waited for to the end of its last second", async () => {
    vi.useFakeTimers();
    try {
      let done = false;
      const waiting = onceExpired(unsigned({ exp: 9 }), () => 9_400).then(() => {
        done = true;
      });
      await vi.advanceTimersByTimeAsync(599);
      expect(done).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      await waiting;
      expect(done).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});
