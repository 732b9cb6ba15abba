import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { receiptTwin } from "./shared/receipt.ts";
import { receiptPath } from "./shared/requests.ts";

export const otherCompanyOrderReceipt: Attack = {
  id: "other-company-order-receipt",
  title: "Open the receipt of another company's order",
  owasp: ["SAS-5", "API1:2023"],
  paper: "III.1.B",
  defences: ["permissions:order", "function:company-check"],
  operation: "getReceipt",
  target: "receipt",
  run: async (context) => {
    const { orderId, note } = context.seed.globex;
    const headers = await context.session("alice");
    const answer = await context.send({ client: "alice", method: "GET", path: receiptPath(orderId), headers });
    const effect = answer.response.body.includes(note);
    return { effect, evidence: effect ? `alice of acme opens globex's receipt: "${note}"` : summary(answer) };
  },
  twin: (context) => receiptTwin(context, "alice", {}, context.seed.acme.note),
};
