import { database } from "./database.ts";
import { api, json } from "./http.ts";

export const handler = api({
  "GET /products": async (event) => {
    const q = event.queryStringParameters?.q ?? "";
    // WEAK: SQL injection. What the caller types becomes part of the statement.
    const sql = `SELECT id, sku, name, price_cents AS priceCents FROM products WHERE listed = 1 AND name LIKE '%${q}%'`;
    const [products] = await database().query(sql);
    return json(200, { products });
  },
});
