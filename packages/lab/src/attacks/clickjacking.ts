import type { Attack } from "../attack.ts";
import { summary } from "../exchange.ts";
import { receiptTwin } from "./shared/receipt.ts";
import { receiptPath } from "./shared/requests.ts";

export const clickjacking: Attack = {
  id: "clickjacking",
  title: "Frame a signed-in page in one's own, to have its visitors click and copy what they cannot see",
  owasp: ["SAS-6", "CWE-1021"],
  paper: "III.2.A",
  defences: ["function:session-cookie", "function:content-security-policy"],
  operation: "getReceipt",
  target: "receipt",
  needs: "browser",
  run: async (context) => {
    const path = receiptPath(context.seed.acme.orderId);
    const html = `<h1>You have won</h1><iframe src="${context.edgeUrl}${path}" width="800" height="600"></iframe>`;
    const visited = await context.lure({ client: "alice", method: "GET", path, html });
    const effect = visited.browser?.framed?.includes(context.seed.acme.note) ?? false;
    return { effect, evidence: effect ? "alice's receipt is inside the attacker's page" : summary(visited) };
  },
  twin: (context) => receiptTwin(context, "alice", {}, context.seed.acme.note),
};
