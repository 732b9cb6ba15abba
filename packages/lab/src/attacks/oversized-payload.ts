import type { Attack } from "../attack.ts";
import { field, summary } from "../exchange.ts";
import { order, orderTwin, post, storedOrder } from "./shared/requests.ts";

/** Characters of the note: far beyond the contract's 500, far below API Gateway's 10 MB. */
const NOTE_LENGTH = 600_000;

export const oversizedPayload: Attack = {
  id: "oversized-payload",
  title: "Store megabytes in an order's note",
  owasp: ["SAS-6", "API4:2023", "CWE-770"],
  paper: "IV.1.C",
  defences: [
    "edge:body-size",
    "edge:sql-injection",
    "edge:script",
    "edge:patterns",
    "gateway:model",
    "function:body-limits",
    "function:order-schema",
    "database:column",
  ],
  operation: "placeOrder",
  target: "orders",
  run: async (context) => {
    const answer = await context.send(post(context, "alice", "/orders", { ...order(), note: "n".repeat(NOTE_LENGTH) }));
    const note = field(await storedOrder(context, answer), "note");
    const effect = typeof note === "string" && note.length === NOTE_LENGTH;
    return { effect, evidence: effect ? `a note of ${NOTE_LENGTH} characters is stored` : summary(answer) };
  },
  twin: orderTwin,
};
