import { expect, test } from "vitest";
import { searchProducts } from "../../src/catalog/core.ts";
import { fakeDatabase } from "../support/database.ts";
import { alice, requestOf } from "../support/events.ts";
import { refusalOfPromise } from "../support/refusals.ts";

const search = (q?: string) => requestOf(alice, { queryStringParameters: q === undefined ? null : { q } });

test("searches the listed products and shows no more of them than the contract does", async () => {
  const database = fakeDatabase({ SELECT: [{ id: 1, sku: "MUG-1", name: "Mug", price_cents: 1200, secret: "x" }] });
  expect(await searchProducts(database, search("50% wool"))).toEqual({
    status: 200,
    json: { products: [{ id: 1, sku: "MUG-1", name: "Mug", priceCents: 1200 }] },
    rows: 1,
  });
  expect(database.sent).toEqual([
    {
      sql: "SELECT id, sku, name, price_cents FROM listed_products WHERE name LIKE ? ESCAPE '!' ORDER BY id LIMIT 50",
      values: ["%50!% wool%"],
    },
  ]);
});

test.each([undefined, "' UNION SELECT 0,email,api_secret,0 FROM partners -- "])("sends nothing for %j", async (q) => {
  const database = fakeDatabase({});
  expect(await refusalOfPromise(searchProducts(database, search(q)))).toMatchObject({ defence: "search-term" });
  expect(database.sent).toEqual([]);
});
