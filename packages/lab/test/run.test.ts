import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Attack } from "../src/attack.ts";
import { attackContext, type LabTools } from "../src/context.ts";
import type { Exchange } from "../src/exchange.ts";
import { attackStage, missingFor, runAttack } from "../src/run.ts";
import { startSink } from "../src/sink.ts";
import type { StageWatch } from "../src/watch.ts";
import { fakeStage } from "./fake-stage.ts";
import { answer, fakeContext, UNUSED_BROWSER, USERS } from "./support.ts";

let server: Server;
let edgeUrl: string;
let tools: LabTools;
const people = { users: USERS, forge: fakeContext(() => answer(200)).forge };

beforeAll(async () => {
  server = createServer((request, response) => {
    const body: Buffer[] = [];
    request.on("data", (chunk) => body.push(chunk));
    request.on("end", () => {
      const signedIn = Buffer.concat(body).includes("alice@");
      const status: Record<string, number> = { "/session": 204, "/refused": 403 };
      response.writeHead(status[request.url ?? ""] ?? 200, {
        "x-amzn-requestid": "r1",
        ...(request.url === "/session" && signedIn ? { "set-cookie": "__Host-session=c1; Path=/; HttpOnly" } : {}),
      });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  edgeUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sink = await startSink();
  tools = { sink, canary: { path: "/c", content: "c" }, chromium: { reason: "no Chromium can run here (test)" } };
});
afterAll(async () => {
  await tools.sink.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const base = {
  id: "test-attack",
  title: "A test",
  owasp: ["SAS-1"],
  paper: "III.1.A",
  defences: ["function:company-check"],
  operation: "getOrder",
  target: "orders",
} as const;

function attack(effect: boolean, more: Partial<Attack> = {}): Attack {
  return {
    ...base,
    run: async (context) => {
      await context.send({ client: "alice", method: "GET", path: "/orders/1", headers: context.as("alice") });
      return { effect, evidence: "what was seen" };
    },
    twin: async (context) => {
      await context.send({ client: "alice", method: "GET", path: "/orders/2" }, "twin");
      return { ok: true, evidence: "served" };
    },
    ...more,
  };
}

const denied =
  '{"level":"WARN","event":"denied","requestId":"r1","layer":"function","defence":"company-check","status":403}';
const stage = (line = denied) =>
  fakeStage({
    edgeUrl,
    command: ({ name }) => (name === "FilterLogEvents" ? { events: [{ message: line, timestamp: Date.now() }] } : {}),
  });

describe("an attack on a stage", () => {
  it("is judged by its effect", async () => {
    expect(await runAttack(stage(), tools, people, attack(true))).toMatchObject({
      id: "test-attack",
      verdict: "exploited",
      layer: "none",
      defences: ["function:company-check"],
      evidence: "what was seen",
      exchanges: [{ purpose: "attack", client: "alice" }],
    });
  });

  it("is judged by the records where it has none", async () => {
    const result = await runAttack(stage(), tools, people, attack(false));
    expect(result).toMatchObject({ verdict: "blocked", layer: "function", defence: "function:company-check" });
    expect(result.records).toContainEqual(expect.objectContaining({ text: denied }));
  });

  it("is an error where no record explains it", async () => {
    const served = '{"level":"INFO","event":"served","requestId":"r1","status":200}';
    expect(await runAttack(stage(served), tools, people, attack(false))).toMatchObject({
      verdict: "error",
      layer: "none",
    });
  });

  it("is blocked at no layer where it was served, and says that nothing reads what it carries", async () => {
    const served = '{"level":"INFO","event":"served","requestId":"r1","status":200}';
    const unread = attack(false, { unread: "prod reads no such header" });
    expect(await runAttack(stage(served), tools, people, unread)).toMatchObject({
      verdict: "blocked",
      layer: "none",
      evidence: "what was seen, without effect: prod reads no such header",
      unread: "prod reads no such header",
    });
    // What was refused for no recorded reason is an error, whatever the attack says.
    const refused = attack(false, {
      unread: "prod reads no such header",
      run: async (context) => {
        await context.send({ client: "alice", method: "GET", path: "/refused" });
        return { effect: false, evidence: "refused" };
      },
    });
    expect(await runAttack(stage(served), tools, people, refused)).toMatchObject({ verdict: "error" });
  });

  it("is an error where it could not be carried out, with what it had sent", async () => {
    const broken = attack(true, { run: () => Promise.reject(new Error("the stage is gone")) });
    expect(await runAttack(stage(), tools, people, broken)).toMatchObject({
      verdict: "error",
      evidence: "the stage is gone",
      exchanges: [],
    });
  });

  it("is not run where there is no browser for it", async () => {
    const needy = attack(true, { needs: "browser" });
    expect(await runAttack(stage(), tools, people, needy)).toMatchObject({
      verdict: "not run",
      evidence: "no Chromium can run here (test)",
    });
    expect(
      missingFor(needy, { ...tools, chromium: { browser: { ...UNUSED_BROWSER, visit: () => Promise.reject() } } }),
    ).toBeUndefined();
  });
});

describe("an attack from other addresses", () => {
  it("is not run where the machine has none", () => {
    const needy = { needs: "addresses" } as const;
    expect(missingFor(needy, tools)).toBeUndefined();
    expect(missingFor(needy, { ...tools, noAddresses: "no request can be sent from 127.0.1.1 here" })).toBe(
      "no request can be sent from 127.0.1.1 here",
    );
  });
});

describe("a stage under attack", () => {
  it("is seeded before each attack and each twin, and every result is told", async () => {
    const one = stage();
    const told: string[] = [];
    const twin = () => Promise.reject(new Error("refused"));
    const result = await attackStage(one, tools, people, [attack(true), attack(false, { id: "other", twin })], {
      onAttack: ({ id, verdict }, { ok }) => told.push(`${id} ${verdict} ${ok}`),
    });
    expect(told).toEqual(["test-attack exploited true", "other blocked false"]);
    expect(result.legitimate).toMatchObject([
      { id: "test-attack", ok: true },
      { id: "other", ok: false, evidence: "refused" },
    ]);
    expect(one.statements.filter((sql) => sql === "DELETE FROM companies").length).toBe(4);
    expect((await attackStage(one, tools, people, [])).attacks).toEqual([]);
  });
});

describe("the context of an attack", () => {
  const contextOf = (apiKey?: string, kept: Exchange[] = []) =>
    attackContext(fakeStage({ edgeUrl, outputs: apiKey ? { apiKey } : {} }), tools, people, kept);

  it("knows its users by token, and by API key where the stage has one", () => {
    expect(contextOf().as("alice")).toEqual({ authorization: `Bearer ${USERS.alice.accessToken}` });
    expect(contextOf("k1").as("alice")).toEqual({
      "x-api-key": "k1",
      authorization: `Bearer ${USERS.alice.accessToken}`,
    });
    expect(contextOf("k1").apiKey).toBe("k1");
    expect(contextOf().apiKey).toBe("a-key-of-the-weak-stage-0001");
  });

  it("knows them by cookie, after a sign-in that is not evidence", async () => {
    const kept: Exchange[] = [];
    expect(await contextOf("k1", kept).session("alice")).toEqual({
      "x-api-key": "k1",
      cookie: "__Host-session=c1",
      "sec-fetch-site": "same-origin",
    });
    expect(kept).toEqual([]);
    await expect(contextOf().session("bob")).rejects.toThrow("POST /session gave bob no cookie: 204");
  });

  it("sends a flood, and keeps its first request and the last that was not served", async () => {
    let count = 0;
    const limited = createServer((_request, response) => {
      count += 1;
      response.writeHead(count > 20 ? 429 : 200);
      response.end();
    });
    await new Promise<void>((resolve) => limited.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(limited.address() as AddressInfo).port}`;
    const kept: Exchange[] = [];
    const context = attackContext(fakeStage({ edgeUrl: url }), tools, people, kept);
    const request = { client: "alice", method: "GET", path: "/products" } as const;
    const { served, last } = await context.flood(request, 30);
    expect([served, last.response.status, count]).toEqual([20, 429, 30]);
    expect(kept.map(({ response, purpose }) => [response.status, purpose])).toEqual([
      [200, "attack"],
      [429, "attack"],
    ]);
    count = 0;
    expect(await context.flood(request, 1)).toMatchObject({ served: 1, last: { response: { status: 200 } } });
    expect(kept.length).toBe(3);
    await expect(context.flood(request, 0)).rejects.toThrow("a flood of no requests");
    await new Promise((resolve) => limited.close(resolve));
  });

  it("gives each attack an address of its own", () => {
    const addresses = Array.from({ length: 254 }, () => contextOf().freshAddress());
    expect(new Set(addresses).size).toBe(254);
    for (const address of addresses) expect(address).toMatch(/^127\.0\.1\.\d+$/);
    expect(contextOf().freshAddress()).toBe(addresses[0]);
  });

  it("opens no page without a browser", async () => {
    await expect(contextOf().open({ client: "alice", path: "/" })).rejects.toThrow("no Chromium can run here (test)");
  });

  it("opens a page as a user, and keeps what the browser saw", async () => {
    const kept: Exchange[] = [];
    const asked: unknown[] = [];
    const browser = {
      visit: async (request: object) => {
        asked.push(request);
        return { response: answer(200, "page"), violations: ["script-src inline"], console: [] };
      },
      ...UNUSED_BROWSER,
    };
    const context = attackContext(fakeStage({ edgeUrl }), { ...tools, chromium: { browser } }, people, kept);
    await context.open({ client: "carol", path: "/receipt" });
    expect(asked).toEqual([
      {
        edgeUrl,
        path: "/receipt",
        headers: {},
        credentials: { username: "carol@example.test", password: "secret" },
        settleMs: 250,
      },
    ]);
    expect(kept).toMatchObject([
      {
        via: "browser",
        purpose: "attack",
        request: { method: "GET", url: `${edgeUrl}/receipt` },
        browser: { violations: ["script-src inline"] },
      },
    ]);
  });

  it("calls AWS where the stage's AWS is", async () => {
    const kept: Exchange[] = [];
    const session = contextOf(undefined, kept).aws({ accessKeyId: "a", secretAccessKey: "b", sessionToken: "c" });
    expect((await session.listSecrets()).ok).toBe(false);
    session.close();
    expect(kept).toMatchObject([{ via: "aws", purpose: "attack" }]);
  });
});

describe("a page of another site, and a script in one's own", () => {
  const lured = {
    response: answer(401, "", { "x-amzn-requestid": "r-1" }),
    framed: "shown",
    violations: ["frame-ancestors"],
    withheld: ["__Host-session: SameSiteStrict"],
  };

  it("are kept with what the browser says of its cookies", async () => {
    const asked: object[] = [];
    const browser = {
      ...UNUSED_BROWSER,
      visit: () => Promise.reject(new Error("no visit")),
      lure: async (request: object) => {
        asked.push(request);
        return lured;
      },
      runScript: async (request: object) => {
        asked.push(request);
        return { ...lured, response: answer(200, "a=1") };
      },
    };
    const kept: Exchange[] = [];
    const context = attackContext(fakeStage({ edgeUrl }), { ...tools, chromium: { browser } }, people, kept);
    await context.lure({ client: "alice", method: "POST", path: "/page/orders", html: "<p>", sameSite: true });
    await context.runScript({ client: "alice", script: "1" });
    const { username, password } = people.users.alice;
    expect(asked).toEqual([
      { edgeUrl, credentials: { username, password }, html: "<p>", path: "/page/orders", sameSite: true },
      { edgeUrl, credentials: { username, password }, script: "1" },
    ]);
    expect(kept.map(({ via, request, response, browser: seen }) => [via, request.url, response.status, seen])).toEqual([
      [
        "browser",
        `${edgeUrl}/page/orders`,
        401,
        { violations: ["frame-ancestors"], console: [], withheld: ["__Host-session: SameSiteStrict"], framed: "shown" },
      ],
      [
        "browser",
        `${edgeUrl}/`,
        200,
        { violations: ["frame-ancestors"], console: [], withheld: ["__Host-session: SameSiteStrict"], framed: "shown" },
      ],
    ]);
  });

  it("need a browser", async () => {
    const context = attackContext(fakeStage({ edgeUrl }), tools, people, []);
    await expect(context.runScript({ client: "alice", script: "1" })).rejects.toThrow(
      "no Chromium can run here (test)",
    );
  });
});

describe("what a watched stage keeps", () => {
  /** Watches a stage whose trail has nothing, and counts how often it is delivered. */
  const watched = (accessLog: string | undefined) => {
    const deliveries: number[] = [];
    const watch: StageWatch = {
      deliverAccessLog: async () => accessLog,
      deliverTrails: async () => {
        deliveries.push(deliveries.length);
        return [];
      },
      calls: async () => [],
      mail: async () => undefined,
    };
    return { stage: { ...stage(), watch }, deliveries };
  };

  it("is each attack's traces; where nobody watches there are none to be told of", async () => {
    const { attacks } = await attackStage(watched(undefined).stage, tools, people, [attack(false)]);
    expect(attacks[0]?.traces).toMatchObject([
      { source: "function log", event: ": denied by function:company-check", id: "r1" },
    ]);
    const alone = await attackStage(stage(), tools, people, [attack(false)]);
    expect(alone.attacks[0]).not.toHaveProperty("traces");
  });

  it("is found by the ids of the attack's own requests", async () => {
    const line = '{"requestId":"r1","method":"GET","status":200}';
    const { stage: kept } = watched("access");
    const withLine = {
      ...kept,
      clients: fakeStage({ command: () => ({ events: [{ message: line, timestamp: 1 }] }) }).clients,
    };
    const twinOnly = attack(true, { run: async () => ({ effect: true, evidence: "no request" }) });
    const { attacks } = await attackStage(withLine, tools, people, [attack(true), twinOnly]);
    expect(attacks.map(({ traces }) => traces?.length)).toEqual([1, 0]);
    expect(attacks[0]?.traces?.[0]).toMatchObject({ source: "access log", event: "GET 200", id: "r1" });
  });

  it("is taken while the attacks go on, since the emulator forgets the oldest calls", async () => {
    const { stage: kept, deliveries } = watched(undefined);
    const quick = attack(true, {
      run: async () => ({ effect: true, evidence: "" }),
      twin: async () => ({ ok: true, evidence: "" }),
    });
    await attackStage(kept, tools, people, Array(31).fill(quick));
    // Before the first, after the 15th and the 30th, and at the end.
    expect(deliveries).toHaveLength(4);
  });
});
