import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { order, orderTwin, post } from "./shared/requests.ts";

/** Without a space, in mixed case: comments separate the words. */
const KEY = "'/**/uNiOn/**/sElEcT/**/id/**/fRoM/**/orders/**/wHeRe/**/company_id='globex'#";

export const sqliHeader: Attack = {
  id: "sqli-header",
  title: "Read another company's order by the header Idempotency-Key (SQL injection with comments for spaces)",
  owasp: ["SAS-1", "CWE-89"],
  paper: "IV.1.B",
  defences: ["edge:sql-injection", "edge:patterns"],
  unread: "prod looks the key up in DynamoDB, and joins it to no SQL",
  operation: "placeOrder",
  target: "orders",
  run: async (context) => {
    const request = post(context, "alice", "/orders", order());
    const answer = await context.send({ ...request, headers: { ...request.headers, "idempotency-key": KEY } });
    const effect = field(answer, "note") === context.seed.globex.note;
    return { effect, evidence: effect ? `the answer is globex's order: "${field(answer, "note")}"` : summary(answer) };
  },
  twin: orderTwin,
};
