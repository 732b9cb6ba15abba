/** The flaws of weak that need a database, on a real MariaDB. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Connection } from "mysql2/promise";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type DatabaseServer, startDatabaseServer } from "../../packages/sandbox/src/database/index.ts";
import { labDirectory } from "../../packages/sandbox/src/paths.ts";
import { handler as admin } from "../weak/functions/admin.ts";
import { handler as carts } from "../weak/functions/carts.ts";
import { handler as catalog } from "../weak/functions/catalog.ts";
import { closeDatabase } from "../weak/functions/database.ts";
import { handler as orderImport } from "../weak/functions/order-import.ts";
import { handler as orders } from "../weak/functions/orders.ts";
import { handler as receipt } from "../weak/functions/receipt.ts";
import { handler as setup } from "../weak/functions/setup.ts";
import { bodyOf, event, forged } from "./weak-support.ts";

const GLOBEX_ORDER = "7b0e8f11-3f0d-4d8e-8a52-5e4c6b7d2002";
const ALICE = { authorization: `Bearer ${forged({ sub: "alice", "cognito:groups": ["partner", "company:acme"] })}` };

let directory: string;
let server: DatabaseServer;
let connection: Connection;

beforeAll(async () => {
  await mkdir(labDirectory, { recursive: true });
  directory = await mkdtemp(join(labDirectory, "test-weak-"));
  server = await startDatabaseServer({
    directory,
    clusterIdentifier: "weak",
    databaseName: "palisade",
    masterUsername: "admin",
    masterPassword: "palisade-admin-2024",
  });
  vi.stubEnv("DATABASE_HOST", server.host);
  vi.stubEnv("DATABASE_PORT", String(server.port));
  vi.stubEnv("DATABASE_NAME", "palisade");
  vi.stubEnv("DATABASE_USER", "admin");
  vi.stubEnv("DATABASE_PASSWORD", "palisade-admin-2024");
  vi.spyOn(console, "log").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
  expect(await setup()).toEqual({ created: true });
  expect(await setup()).toEqual({ created: true });
  connection = await server.adminConnection();
}, 120_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await closeDatabase();
  await connection?.end();
  await server?.stop();
  if (directory) await rm(directory, { recursive: true, force: true });
});

beforeEach(async () => {
  await connection.query(`
    DELETE FROM products; DELETE FROM partners; DELETE FROM orders; DELETE FROM order_lines;
    INSERT INTO products (sku, name, price_cents, listed) VALUES ('MUG-1', 'Mug', 1200, 1), ('PROTO-1', 'Prototype', 99900, 0);
    INSERT INTO partners VALUES ('partner-globex', 'globex', 'bob@globex.example', 'globex-secret');
    INSERT INTO orders VALUES ('${GLOBEX_ORDER}', 'globex', 'bob', 'placed', NULL, 0, 1200, '2026-01-05 09:00:00');
    INSERT INTO order_lines VALUES ('${GLOBEX_ORDER}', 'MUG-1', 1, 1200);
  `);
});

describe("catalog", () => {
  const search = (q?: string) =>
    catalog(event("GET /products", { queryStringParameters: q === undefined ? null : { q } }));
  const mug = { id: expect.any(Number), sku: "MUG-1", name: "Mug", priceCents: 1200 };

  test("finds what is listed", async () => {
    expect(bodyOf(await search("Mug"))).toEqual({ products: [mug] });
    expect(bodyOf(await search())).toEqual({ products: [mug] });
    expect(bodyOf(await search("Prototype"))).toEqual({ products: [] });
  });

  test("a condition of the caller's shows what is not listed", async () => {
    const { products } = bodyOf(await search("-' OR 1=1 -- "));
    expect(products.map((product: { sku: string }) => product.sku)).toEqual(["MUG-1", "PROTO-1"]);
  });

  test("a UNION reads another table", async () => {
    const { products } = bodyOf(await search("-' UNION SELECT 0,email,api_secret,0 FROM partners -- "));
    expect(products).toEqual([{ id: 0, sku: "bob@globex.example", name: "globex-secret", priceCents: 0 }]);
  });

  test("a second statement changes a price", async () => {
    expect((await search("-'; UPDATE products SET price_cents=1 WHERE sku='MUG-1' -- ")).statusCode).toBe(200);
    expect(bodyOf(await search("Mug")).products[0].priceCents).toBe(1);
  });

  test("percent codes are undone a second time, and what is none stays", async () => {
    const { products } = bodyOf(await search("-%27 UNION SELECT 0,email,api_secret,0 FROM partners -- "));
    expect(products.map((product: { name: string }) => product.name)).toEqual(["globex-secret"]);
    expect(bodyOf(await search("100%"))).toEqual({ products: [] });
  });

  test("a cookie of the page is taken for the page's own text", async () => {
    const withCookie = (cookie: string) => catalog(event("GET /products", { headers: { Cookie: cookie } }));
    expect(bodyOf(await withCookie("last-seen=MUG-1"))).toEqual({ products: [mug], lastSeen: [mug] });
    const union = encodeURIComponent("-' UNION SELECT 0,email,api_secret,0 FROM partners -- ");
    const { lastSeen } = bodyOf(await withCookie(`theme=dark; last-seen=${union}`));
    expect(lastSeen).toEqual([{ id: 0, sku: "bob@globex.example", name: "globex-secret", priceCents: 0 }]);
  });

  test("a quote alone answers the statement", async () => {
    const response = await search("'");
    expect(response.statusCode).toBe(500);
    expect(bodyOf(response)).toMatchObject({
      code: "ER_PARSE_ERROR",
      sql: "SELECT id, sku, name, price_cents AS priceCents FROM products WHERE listed = 1 AND name LIKE '%'%'",
      database: `mysql://admin@${server.host}:${server.port}/palisade`,
    });
  });
});

describe("orders", () => {
  const place = (body: object) => orders(event("POST /orders", { headers: ALICE, body: JSON.stringify(body) }));
  const lines = [{ sku: "MUG-1", quantity: 2 }];
  const id = { pathParameters: { orderId: GLOBEX_ORDER } };

  test("an honest order is placed for one's own company", async () => {
    const response = await place({ lines, note: "two, please" });
    expect(response.statusCode).toBe(201);
    expect(bodyOf(response)).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      companyId: "acme",
      status: "placed",
      note: "two, please",
      lines,
      totalCents: 2400,
      discountCents: 0,
    });
  });

  test("a SKU of the body becomes part of the statement", async () => {
    const sku = "'); UPDATE products SET price_cents=1 WHERE sku='MUG-1'; COMMIT -- ";
    await place({ lines: [{ sku, quantity: 1 }] });
    expect((await connection.query("SELECT price_cents FROM products WHERE sku = 'MUG-1'"))[0]).toEqual([
      { price_cents: 1 },
    ]);
  });

  test("a key answers the order that was placed with it, or the one that its statement finds", async () => {
    const keyed = (key: string) =>
      orders(event("POST /orders", { headers: { ...ALICE, "idempotency-key": key }, body: JSON.stringify({ lines }) }));
    const first = bodyOf(await keyed("k-1"));
    expect(bodyOf(await keyed("k-1"))).toEqual(first);
    const union = "'/**/UNION/**/SELECT/**/id/**/FROM/**/orders/**/WHERE/**/company_id='globex'#";
    expect(bodyOf(await keyed(union))).toMatchObject({ id: GLOBEX_ORDER, companyId: "globex" });
  });

  test("a partner's reference is the note of an order without one, as it came", async () => {
    const script = '<img src=x onerror="alert(1)">';
    const headers = { ...ALICE, "x-partner-reference": script };
    const placed = bodyOf(await orders(event("POST /orders", { headers, body: JSON.stringify({ lines }) })));
    expect(placed.note).toBe(script);
    const noted = { lines, note: "own" };
    expect(bodyOf(await orders(event("POST /orders", { headers, body: JSON.stringify(noted) }))).note).toBe("own");
  });

  test("fields of the body become columns", async () => {
    const mine = { companyId: "globex", status: "shipped", discountCents: 1100, totalCents: 1, placedBy: "bob" };
    const { placedBy, ...seen } = mine;
    expect(bodyOf(await place({ lines, ...mine }))).toMatchObject(seen);
    const [rows] = await connection.query("SELECT placed_by FROM orders WHERE total_cents = 1");
    expect(rows).toEqual([{ placed_by: placedBy }]);
  });

  test("a quantity may be negative, and a product unlisted or unknown", async () => {
    expect(bodyOf(await place({ lines: [{ sku: "MUG-1", quantity: -5 }] })).totalCents).toBe(-6000);
    expect(bodyOf(await place({ lines: [{ sku: "PROTO-1", quantity: 1 }] })).totalCents).toBe(99900);
    expect(bodyOf(await place({ lines: [{ sku: "NONE", quantity: 1 }] })).totalCents).toBe(0);
  });

  test("a note of more than half a megabyte is stored", async () => {
    expect(bodyOf(await place({ lines, note: "n".repeat(600_000) })).note).toHaveLength(600_000);
  });

  test("an unknown field answers the statement", async () => {
    const response = await place({ lines, isAdmin: true });
    expect(response.statusCode).toBe(500);
    expect(bodyOf(response).sqlMessage).toBe("Unknown column 'is_admin' in 'INSERT INTO'");
    expect(bodyOf(response).sql).toContain("INSERT INTO orders SET `id` = ");
  });

  test("anybody reads any order, and cancels it", async () => {
    expect(bodyOf(await orders(event("GET /orders/{orderId}", id)))).toMatchObject({ companyId: "globex" });
    const cancelled = await orders(event("DELETE /orders/{orderId}", { ...id, headers: ALICE }));
    expect(bodyOf(cancelled)).toMatchObject({ companyId: "globex", status: "cancelled" });
  });

  test("an order that is not there is not found", async () => {
    const response = await orders(event("GET /orders/{orderId}"));
    expect(response.statusCode).toBe(404);
  });

  test("the administration asks for nobody's role", async () => {
    expect(bodyOf(await admin(event("GET /admin/orders", { headers: ALICE }))).orders).toHaveLength(1);
    const body = JSON.stringify({ status: "shipped" });
    const response = await admin(event("PUT /admin/orders/{orderId}/status", { ...id, headers: ALICE, body }));
    expect(bodyOf(response).status).toBe("shipped");
    await connection.query("DELETE FROM orders");
    expect(bodyOf(await admin(event("GET /admin/orders")))).toEqual({ orders: [] });
  });

  test("a feed's orders are placed", async () => {
    const xml =
      '<orders><order><line sku="MUG-1" quantity="1"/></order><order><note>n</note><line sku="MUG-1" quantity="3"/></order></orders>';
    const response = await orderImport(event("POST /orders/import", { headers: ALICE, body: xml }));
    expect(response.statusCode).toBe(201);
    expect(bodyOf(response).orders).toMatchObject([
      { companyId: "acme", totalCents: 1200 },
      { note: "n", totalCents: 3600 },
    ]);
  });

  test("a cart has today's prices", async () => {
    const body = JSON.stringify({ cart: JSON.stringify({ version: 1, lines }) });
    expect(bodyOf(await carts(event("POST /carts/restore", { body })))).toEqual({
      lines,
      totalCents: 2400,
      discountCents: 0,
    });
  });
});

describe("receipt", () => {
  const open = (query: { layout?: string; reference?: string }) =>
    receipt(
      event("GET /orders/{orderId}/receipt", {
        pathParameters: { orderId: GLOBEX_ORDER },
        queryStringParameters: query,
      }),
    );

  test("is a page in either layout, without a policy for scripts", async () => {
    for (const query of [{}, { layout: "standard" }, { layout: "compact" }]) {
      const response = await open(query);
      expect(response).toMatchObject({ statusCode: 200, headers: { "Content-Type": "text/html; charset=utf-8" } });
      expect(Object.keys(response.headers ?? {})).toEqual(["Content-Type"]);
      expect(response.body).toContain(GLOBEX_ORDER);
      expect(response.body).toContain("12.00");
    }
  });

  test("holds a script of the link's, and one of the order's note", async () => {
    const script = "<script>alert(document.cookie)</script>";
    expect((await open({ reference: script })).body).toContain(script);
    await connection.query("UPDATE orders SET note = ?", [script]);
    expect((await open({})).body).toContain(script);
  });

  test("holds a script of a cookie", async () => {
    const script = "<script>alert(1)</script>";
    const response = await receipt(
      event("GET /orders/{orderId}/receipt", {
        pathParameters: { orderId: GLOBEX_ORDER },
        headers: { Cookie: `reference=${encodeURIComponent(script)}` },
      }),
    );
    expect(response.body).toContain(script);
  });

  test("is any file that the layout names", async () => {
    expect((await open({ layout: "../receipt.ts" })).body).toContain('from "./order-store.ts"');
    expect((await open({ layout: "../production.env" })).body).toContain("DATABASE_PASSWORD=palisade-admin-2024");
  });

  test("of an order that is not there is not found", async () => {
    const response = await receipt(event("GET /orders/{orderId}/receipt"));
    expect(response.statusCode).toBe(404);
  });
});
