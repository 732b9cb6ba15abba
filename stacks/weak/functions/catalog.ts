import { database } from "./database.ts";
import { type ApiEvent, type ApiResponse, api, json } from "./http.ts";
import { cookieOf } from "./identity.ts";

const COLUMNS = "id, sku, name, price_cents AS priceCents";

export const handler = api({ "GET /products": search, "GET /page/products": search });

async function search(event: ApiEvent): Promise<ApiResponse> {
  // WEAK: API Gateway has decoded the value already; one old client encodes it twice.
  const q = decoded(event.queryStringParameters?.q ?? "");
  // WEAK: SQL injection. What the caller types becomes part of the statement.
  const sql = `SELECT ${COLUMNS} FROM products WHERE listed = 1 AND name LIKE '%${q}%'`;
  const [products] = await database().query(sql);
  const seen = cookieOf(event, "last-seen");
  if (seen === undefined) return json(200, { products });
  // WEAK: SQL injection by a cookie: the page keeps the last product there, so that it is taken for the page's own text.
  const [lastSeen] = await database().query(`SELECT ${COLUMNS} FROM products WHERE sku = '${decoded(seen)}'`);
  return json(200, { products, lastSeen });
}

/** Percent codes undone, where they are codes. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
