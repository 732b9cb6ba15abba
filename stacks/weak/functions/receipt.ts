import { join } from "node:path";
import ejs from "ejs";
import { api, json } from "./http.ts";
import { cookieOf } from "./identity.ts";
import { findOrder } from "./order-store.ts";

const TEMPLATES = join(import.meta.dirname, "templates");

export const handler = api({
  "GET /orders/{orderId}/receipt": async (event) => {
    const order = await findOrder(event.pathParameters?.orderId ?? "");
    if (!order) return json(404, { message: "Order not found" });
    // The page keeps the reference of the last visit in a cookie.
    const remembered = decodeURIComponent(cookieOf(event, "reference") ?? "");
    const { layout = "standard", reference = remembered } = event.queryStringParameters ?? {};
    // WEAK: a path made from the query (".ejs" is added where the layout has no extension), and templates that encode
    // nothing; the answer carries no Content-Security-Policy.
    const file = join(TEMPLATES, layout.includes(".") ? layout : `${layout}.ejs`);
    const body = await ejs.renderFile(file, { order, reference }, { delimiter: "?" });
    return { statusCode: 200, headers: { "Content-Type": "text/html; charset=utf-8" }, body };
  },
});
