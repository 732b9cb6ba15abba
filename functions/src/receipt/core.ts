import type { Statements } from "../shared/database.ts";
import { checkCompany } from "../shared/defences/company-check.ts";
import { pagePolicy } from "../shared/defences/content-security-policy.ts";
import type { OrderCheck } from "../shared/defences/order-permission.ts";
import { loadLayout } from "../shared/defences/receipt-layout.ts";
import type { Answer, ApiRequest } from "../shared/function.ts";
import { orderIdOf } from "../shared/order-id.ts";
import { findOrder } from "../shared/order-store.ts";
import { Unanswerable } from "../shared/refusal.ts";
import { renderReceipt } from "./page.ts";

const MAX_REFERENCE_LENGTH = 200;

/**
 * `getReceipt`: the page of an order of the caller's company.
 *
 * @param checkOrder asks the policies about the order. By default nobody is asked
 */
export async function getReceipt(
  statements: Statements,
  request: ApiRequest,
  checkOrder?: OrderCheck,
): Promise<Answer> {
  const { event, principal } = request;
  const { layout, reference } = event.queryStringParameters ?? {};
  if (reference !== undefined && reference.length > MAX_REFERENCE_LENGTH) {
    throw new Unanswerable(400, `reference must be at most ${MAX_REFERENCE_LENGTH} characters.`);
  }
  const styles = loadLayout(layout);
  const order = await findOrder(statements, orderIdOf(event));
  if (order === undefined) throw new Unanswerable(404, "There is no such order.");
  await checkOrder?.(request, "getReceipt", order);
  checkCompany(principal, order.companyId);
  const names = await productNames(
    statements,
    order.lines.map(({ sku }) => sku),
  );
  return { status: 200, html: renderReceipt(order, names, reference, styles), headers: pagePolicy([styles]), rows: 1 };
}

/** Of the products of one order only: the catalogue is longer than any receipt. */
async function productNames(statements: Statements, skus: readonly string[]): Promise<Map<string, string>> {
  const wanted = [...new Set(skus)];
  if (wanted.length === 0) return new Map();
  const places = wanted.map(() => "?").join(", ");
  const rows = await statements.rows(`SELECT sku, name FROM listed_products WHERE sku IN (${places})`, wanted);
  return new Map(rows.map(({ sku, name }) => [String(sku), String(name)]));
}
