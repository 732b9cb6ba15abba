import { existsSync, readdirSync } from "node:fs";
import { loadOpenApi } from "@palisade/functions/openapi";
import { describe, expect, it } from "vitest";
import { FUNCTIONS } from "../../../../stacks/functions.ts";
import { ATTACKS } from "../../src/attacks/index.ts";
import { DEFENCES } from "../../src/defences.ts";
import { moduleOf, standInOf } from "../../src/removals/modules.ts";

const ids = ATTACKS.map(({ id }) => id);

describe("the registry of attacks", () => {
  it("is this list", () => {
    expect(ids).toEqual([
      "api-key-instead-of-token",
      "authorizer-cache-confusion",
      "blocked-address",
      "blocked-country",
      "body-beyond-inspection",
      "cache-cross-user-read",
      "cache-poisoning",
      "cached-policy-other-route",
      "changed-group-claim",
      "clickjacking",
      "credential-stuffing",
      "cross-origin-read",
      "csrf-order",
      "csrf-sibling",
      "database-token-expired",
      "database-token-other-role",
      "default-endpoint",
      "flood-one-address",
      "flood-unknown-keys",
      "foreign-api",
      "foreign-cart",
      "forged-token-alg-none",
      "forged-token-expired",
      "forged-token-hs256-public-key",
      "forged-token-other-issuer",
      "forged-token-unknown-kid",
      "function-level-authorization",
      "id-token-for-access-token",
      "key-set-down",
      "key-set-slow",
      "malformed-payload",
      "mass-assignment",
      "no-token",
      "other-company-order-cancel",
      "other-company-order-get",
      "other-company-order-receipt",
      "other-company-order-status",
      "other-team-code",
      "over-privileged-role",
      "oversized-payload",
      "path-traversal-source",
      "prototype-pollution",
      "refresh-token-reuse",
      "retagged-function",
      "revoked-token",
      "session-fixation",
      "session-theft",
      "signed-out-token",
      "spoofed-forwarded-for",
      "sqli-body",
      "sqli-boolean",
      "sqli-cookie",
      "sqli-double-encoded",
      "sqli-header",
      "sqli-stacked",
      "sqli-union",
      "tampered-cart",
      "unsafe-deserialization-rce",
      "unsigned-code",
      "verbose-error",
      "xml-entity-expansion",
      "xss-cookie",
      "xss-encoded",
      "xss-header",
      "xss-reflected",
      "xss-stored",
      "xxe-external-entity",
      "xxe-ssrf",
    ]);
  });

  it("has each id once, sorted, and one file for each", () => {
    expect(ids).toEqual([...new Set(ids)].sort());
    const files = readdirSync(new URL("../../src/attacks", import.meta.url), { withFileTypes: true });
    const names = files.filter((file) => file.isFile() && file.name !== "index.ts").map(({ name }) => name);
    expect(names.sort()).toEqual(ids.map((id) => `${id}.ts`));
  });

  it.each(ATTACKS)("$id lists defences of the table, each once, and at least one", ({ defences }) => {
    const known = DEFENCES.map(({ id }) => id);
    expect(defences.filter((id) => !known.includes(id))).toEqual([]);
    expect(new Set(defences).size).toBe(defences.length);
    expect(defences.length).toBeGreaterThan(0);
  });

  it.each(ATTACKS)("$id says where it stands in the paper and in OWASP's or MITRE's lists", ({ paper, owasp }) => {
    expect(paper).toMatch(/^(III|IV|V)\.\d\.[A-E]$/);
    expect(owasp.length).toBeGreaterThan(0);
    for (const id of owasp) expect(id).toMatch(/^(SAS-\d+|API\d+:2023|CWE-\d+)$/);
  });

  it.each(ATTACKS.filter(({ unread }) => unread !== undefined))(
    "$id says what prod does in its place",
    ({ unread }) => {
      expect(unread).toMatch(/^prod .{20,}/);
    },
  );

  it.each(ATTACKS)("$id names an operation and the function that serves it", ({ operation, target }) => {
    expect(JSON.stringify(loadOpenApi())).toContain(`"operationId":"${operation}"`);
    expect(FUNCTIONS[target]?.operations).toContain(operation);
  });

  it("meets every defence with at least one attack", () => {
    const met = new Set(ATTACKS.flatMap(({ defences }) => defences));
    expect(DEFENCES.map(({ id }) => id).filter((id) => !met.has(id))).toEqual([]);
  });

  it("has a stand-in for every defence that is a module", () => {
    const modules = DEFENCES.filter(({ id }) => moduleOf(id) !== undefined);
    expect(modules.length).toBeGreaterThan(20);
    for (const { id } of modules) expect(existsSync(standInOf(id)), id).toBe(true);
  });
});
