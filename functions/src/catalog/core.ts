import type { Statements } from "../shared/database.ts";
import { searchPattern } from "../shared/defences/search-term.ts";
import type { Answer, ApiRequest } from "../shared/function.ts";

const MAX_PRODUCTS = 50;

/** `searchProducts`: the listed products whose name has the text of `q` in it. */
export async function searchProducts(statements: Statements, { event }: ApiRequest): Promise<Answer> {
  const pattern = searchPattern(event.queryStringParameters?.q);
  const rows = await statements.rows(
    `SELECT id, sku, name, price_cents FROM listed_products WHERE name LIKE ? ESCAPE '!' ORDER BY id LIMIT ${MAX_PRODUCTS}`,
    [pattern],
  );
  const products = rows.map(({ id, sku, name, price_cents }) => ({ id, sku, name, priceCents: price_cents }));
  return { status: 200, json: { products }, rows: products.length };
}
