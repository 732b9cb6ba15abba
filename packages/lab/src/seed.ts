import type { LabDatabase } from "./stage.ts";

/** The rows that attacks refer to. */
export interface SeedIds {
  /** alice's company and its one order. */
  readonly acme: { readonly companyId: "acme"; readonly orderId: string; readonly note: string };
  /** bob's company and its one order: what alice may not see. */
  readonly globex: {
    readonly companyId: "globex";
    readonly orderId: string;
    readonly note: string;
    readonly apiSecret: string;
  };
  readonly listed: readonly ["MUG-1", "TEE-1", "CAP-1"];
  readonly unlisted: "PROTO-1";
  /** Price of MUG-1 in cents. */
  readonly mugCents: number;
}

/** The same rows on every stage, so that the same request can be sent to each. */
export const SEED: SeedIds = {
  acme: { companyId: "acme", orderId: "0f6d3a52-6c1b-4c52-9a40-1d7b0c9a1001", note: "acme: leave at the gate" },
  globex: {
    companyId: "globex",
    orderId: "7b0e8f11-3f0d-4d8e-8a52-5e4c6b7d2002",
    note: "globex: launch on 3 May, keep quiet",
    apiSecret: "globex-secret-5c1f",
  },
  listed: ["MUG-1", "TEE-1", "CAP-1"],
  unlisted: "PROTO-1",
  mugCents: 1200,
};

const PRODUCTS: readonly (readonly [string, string, number, boolean])[] = [
  ["MUG-1", "Mug", SEED.mugCents, true],
  ["TEE-1", "Tee shirt", 2500, true],
  ["CAP-1", "Cap", 1800, true],
  ["PROTO-1", "Prototype lamp, not announced", 99900, false],
];

/** Empties the tables and fills them again; each attack starts from the same rows, whatever the one before it changed. */
export async function seed(database: LabDatabase): Promise<void> {
  for (const table of ["order_lines", "orders", "products", "partners", "companies"]) {
    await database.query(`DELETE FROM ${table}`);
  }
  await database.query("INSERT INTO companies (id, name) VALUES ('acme', 'Acme Ltd'), ('globex', 'Globex Corp')");
  await database.query("INSERT INTO partners (id, company_id, email, api_secret) VALUES (?), (?)", [
    ["partner-acme", "acme", "alice@acme.example", "acme-secret-91b3"],
    ["partner-globex", "globex", "bob@globex.example", SEED.globex.apiSecret],
  ]);
  await database.query("INSERT INTO products (sku, name, price_cents, listed) VALUES ?", [PRODUCTS]);
  await database.query(
    "INSERT INTO orders (id, company_id, placed_by, status, note, discount_cents, total_cents, created_at) VALUES (?), (?)",
    [order(SEED.acme, "alice", 2 * SEED.mugCents), order(SEED.globex, "bob", SEED.mugCents)],
  );
  await database.query("INSERT INTO order_lines (order_id, sku, quantity, unit_price_cents) VALUES (?), (?)", [
    [SEED.acme.orderId, "MUG-1", 2, SEED.mugCents],
    [SEED.globex.orderId, "MUG-1", 1, SEED.mugCents],
  ]);
}

function order(of: { companyId: string; orderId: string; note: string }, placedBy: string, totalCents: number) {
  return [of.orderId, of.companyId, placedBy, "placed", of.note, 0, totalCents, new Date("2026-01-05T09:00:00Z")];
}
