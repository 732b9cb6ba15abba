/**
 * The flaws of weak that need no database, on the real libraries: these tests fail when a library's update, or a careful hand,
 * takes a flaw away and the lab would have nothing to show.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { handler as carts } from "../weak/functions/carts.ts";
import { parseFeed } from "../weak/functions/order-import.ts";
import { handler as partners } from "../weak/functions/partners.ts";
import { handler as session } from "../weak/functions/session.ts";
import { bodyOf, event, forged } from "./weak-support.ts";

let logged: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  logged = vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const feed = (note: string, doctype = "") =>
  `<?xml version="1.0"?>${doctype}<orders><order><line sku="MUG-1" quantity="2"/><note>${note}</note></order></orders>`;

describe("order-import on libxml2-wasm", () => {
  let folder: string;
  let canary: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "weak-xxe-"));
    canary = join(folder, "canary");
    await writeFile(canary, "canary-4711");
    await writeFile(join(folder, "feed.dtd"), '<!ENTITY company "from a DTD">');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("reads a plain feed", () => {
    expect(parseFeed(feed("leave at the gate"))).toEqual([
      { note: "leave at the gate", lines: [{ sku: "MUG-1", quantity: 2 }] },
    ]);
  });

  test.each([
    ["path", (path: string) => path],
    ["URL", (path: string) => pathToFileURL(path).href],
  ])("an external entity reads a file by its %s", (_kind, name) => {
    const doctype = `<!DOCTYPE orders [<!ENTITY file SYSTEM "${name(canary)}">]>`;
    expect(parseFeed(feed("&file;", doctype))[0]?.note).toBe("canary-4711");
  });

  test("an external DTD is loaded", () => {
    const doctype = `<!DOCTYPE orders SYSTEM "${join(folder, "feed.dtd")}">`;
    expect(parseFeed(feed("&company;", doctype))[0]?.note).toBe("from a DTD");
  });

  test("entities expand: under a kilobyte and a half becomes more than 400 kB", () => {
    const levels = [1, 2].map((level) => `<!ENTITY e${level} "${`&e${level - 1};`.repeat(8)}">`).join("");
    const doctype = `<!DOCTYPE orders [<!ENTITY e0 "${"n".repeat(1000)}">${levels}]>`;
    const document = feed("&e2;".repeat(7), doctype);
    expect(document.length).toBeLessThan(1500);
    expect(parseFeed(document)[0]?.note).toHaveLength(448_000);
  });
});

describe("carts on node-serialize and lodash 4.17.4", () => {
  const restore = (cart: string) => carts(event("POST /carts/restore", { body: JSON.stringify({ cart }) }));

  test("a plain cart is restored", async () => {
    const response = await restore('{"version":1,"lines":[]}');
    expect(response.statusCode).toBe(200);
    expect(bodyOf(response)).toEqual({ lines: [], totalCents: 0, discountCents: 0 });
  });

  test("a cart runs code", async () => {
    const code = "_$$ND_FUNC$$_function(){ globalThis.weakWasHere = process.version; }()";
    await restore(JSON.stringify({ version: 1, lines: [], note: code }));
    expect(Reflect.get(globalThis, "weakWasHere")).toBe(process.version);
    Reflect.deleteProperty(globalThis, "weakWasHere");
  });

  test("a cart gives a discount to a later, clean one", async () => {
    try {
      await restore('{"version":1,"lines":[],"__proto__":{"discountCents":777}}');
      expect(bodyOf(await restore('{"version":1,"lines":[]}')).discountCents).toBe(777);
    } finally {
      Reflect.deleteProperty(Object.prototype, "discountCents");
    }
    expect(bodyOf(await restore('{"version":1,"lines":[]}')).discountCents).toBe(0);
  });
});

describe("identity on jsonwebtoken's decode", () => {
  const claims = { sub: "carol", "cognito:groups": ["admin", "company:acme"], exp: 1, token_use: "id" };
  const carol = { userId: "carol", companyId: "acme", groups: ["admin"] };
  const me = (headers: Record<string, string>) => partners(event("GET /partners/me", { headers }));

  test("a token that nobody signed, of the wrong use and long expired, is believed", async () => {
    expect(bodyOf(await me({ authorization: `Bearer ${forged(claims)}` }))).toEqual(carol);
  });

  test("so is the session cookie", async () => {
    expect(bodyOf(await me({ Cookie: `theme=dark; __Host-session=${forged(claims)}` }))).toEqual(carol);
  });

  test("without either the caller is nobody, and is answered", async () => {
    const response = await partners({ ...event("GET /partners/me"), headers: null });
    expect(response.statusCode).toBe(200);
    expect(bodyOf(response)).toEqual({ groups: [] });
  });
});

describe("session", () => {
  const signIn = (headers: Record<string, string> = {}) =>
    session(event("POST /session", { headers, body: JSON.stringify({ username: "anna", password: "secret" }) }));
  const FLAGS = "Path=/; Secure; SameSite=None";

  beforeEach(() => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    vi.stubEnv("CLIENT_ID", "client-1");
  });

  test("signing in asks Cognito and sets a cookie that scripts read and other sites send", async () => {
    const call = vi
      .spyOn(globalThis, "fetch")
      .mockResolvedValue(
        Response.json({ AuthenticationResult: { AccessToken: "the.access.token", RefreshToken: "the-refresh-token" } }),
      );
    expect(await signIn()).toEqual({
      statusCode: 204,
      multiValueHeaders: {
        "Set-Cookie": [`__Host-session=the.access.token; ${FLAGS}`, `__Host-refresh=the-refresh-token; ${FLAGS}`],
      },
      body: "",
    });
    const [url, request] = call.mock.calls[0] ?? [];
    expect(url).toBe("http://127.0.0.1:1");
    expect(JSON.parse(String(request?.body))).toEqual({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: "client-1",
      AuthParameters: { USERNAME: "anna", PASSWORD: "secret" },
    });
  });

  test("without an endpoint in the environment it is AWS's", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", undefined);
    vi.stubEnv("AWS_REGION", "eu-central-1");
    const answer = Response.json({ AuthenticationResult: { AccessToken: "t" } });
    const call = vi.spyOn(globalThis, "fetch").mockResolvedValue(answer);
    await signIn();
    expect(call.mock.calls[0]?.[0]).toBe("https://cognito-idp.eu-central-1.amazonaws.com");
  });

  test("a wrong password is a verbose error", async () => {
    vi.spyOn(globalThis, "fetch").mockResolvedValue(Response.json({ message: "User does not exist." }));
    const response = await signIn();
    expect(response.statusCode).toBe(500);
    expect(bodyOf(response).message).toBe('Sign-in of anna failed: {"message":"User does not exist."}');
  });

  test("signing in keeps the session that somebody else put into the browser", async () => {
    const answer = Response.json({ AuthenticationResult: { AccessToken: "the.access.token" } });
    vi.spyOn(globalThis, "fetch").mockResolvedValue(answer);
    const { multiValueHeaders } = await signIn({ Cookie: "__Host-session=planted" });
    expect(multiValueHeaders).toEqual({ "Set-Cookie": [`__Host-session=planted; ${FLAGS}`] });
  });

  test("a refresh token is good as often as it comes", async () => {
    const call = vi
      .spyOn(globalThis, "fetch")
      .mockImplementation(async () => Response.json({ AuthenticationResult: { AccessToken: "the.next.token" } }));
    for (const Cookie of ["__Host-refresh=r", "__Host-refresh=r", ""]) {
      const { multiValueHeaders } = await session(event("POST /session/refresh", { headers: { Cookie } }));
      expect(multiValueHeaders).toEqual({ "Set-Cookie": [`__Host-session=the.next.token; ${FLAGS}`] });
    }
    expect(call.mock.calls.map(([, request]) => JSON.parse(String(request?.body)).AuthParameters)).toEqual([
      { REFRESH_TOKEN: "r" },
      { REFRESH_TOKEN: "r" },
      { REFRESH_TOKEN: "" },
    ]);
  });

  test("signing out takes the cookies and leaves the tokens", async () => {
    const call = vi.spyOn(globalThis, "fetch");
    const { multiValueHeaders } = await session(event("DELETE /session"));
    expect(multiValueHeaders).toEqual({
      "Set-Cookie": [`__Host-session=; Max-Age=0; ${FLAGS}`, `__Host-refresh=; Max-Age=0; ${FLAGS}`],
    });
    expect(call).not.toHaveBeenCalled();
  });
});

describe("every handler", () => {
  test("logs the whole event, token and body included", async () => {
    await partners(
      event("GET /partners/me", { headers: { authorization: "Bearer secret-token" }, body: "secret-body" }),
    );
    const text = logged.mock.calls.flat().join();
    expect(text).toContain("secret-token");
    expect(text).toContain("secret-body");
  });

  test("answers an error with its stack and where the database is", async () => {
    vi.stubEnv("DATABASE_HOST", "db.internal");
    const body = Buffer.from("{").toString("base64");
    const response = await carts(event("POST /carts/restore", { body, isBase64Encoded: true }));
    expect(response.statusCode).toBe(500);
    expect(bodyOf(response).stack).toMatch(/^SyntaxError: .+\n +at JSON\.parse/);
    expect(bodyOf(response).database).toContain("@db.internal:");
  });

  test("knows its own routes only", async () => {
    const response = await partners(event("GET /nothing"));
    expect(response.statusCode).toBe(404);
    expect(bodyOf(response)).toEqual({ message: "No operation for GET /nothing" });
  });
});

describe("every function", () => {
  test("names whatever origin asks as the reader of its answer, cookies included", async () => {
    const { api, json } = await import("../weak/functions/http.ts");
    const handler = api({ "GET /a": async () => json(200, {}) });
    const event = { httpMethod: "GET", resource: "/a", headers: { origin: "https://evil.example" } };
    expect((await handler(event)).headers).toMatchObject({
      "Access-Control-Allow-Origin": "https://evil.example",
      "Access-Control-Allow-Credentials": "true",
    });
    expect((await handler({ ...event, headers: null })).headers).toEqual({ "Content-Type": "application/json" });
  });
});
