import { database } from "./database.ts";
import { type ApiEvent, type ApiResponse, api, json } from "./http.ts";

export const handler = api({ "GET /products": search, "GET /page/products": search });

async function search(event: ApiEvent): Promise<ApiResponse> {
  const q = event.queryStringParameters?.q ?? "";
  // WEAK: SQL injection. What the caller types becomes part of the statement.
  const sql = `SELECT id, sku, name, price_cents AS priceCents FROM products WHERE listed = 1 AND name LIKE '%${q}%'`;
  const [products] = await database().query(sql);
  return json(200, { products });
}
