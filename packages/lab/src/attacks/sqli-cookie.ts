import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { search, searchTwin } from "./shared/requests.ts";

export const sqliCookie: Attack = {
  id: "sqli-cookie",
  title: "Read partners' secrets by a cookie of the page (percent-encoded SQL injection)",
  owasp: ["SAS-1", "CWE-89"],
  paper: "IV.1.B",
  defences: ["edge:sql-injection", "edge:patterns"],
  unread: "prod keeps nothing of the catalogue in a cookie, and reads none there",
  operation: "searchProducts",
  target: "catalog",
  run: async (context) => {
    const cookie = `last-seen=${encodeURIComponent("-' UnIoN SeLeCt 0,email,api_secret,0 FROM partners -- ")}`;
    const request = search(context, "Mug");
    const answer = await context.send({ ...request, headers: { ...request.headers, cookie } });
    const { apiSecret } = context.seed.globex;
    const effect = answer.response.body.includes(apiSecret);
    return { effect, evidence: effect ? `the search answers globex's secret, ${apiSecret}` : summary(answer) };
  },
  twin: searchTwin,
};
