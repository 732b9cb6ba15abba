import type { Attack } from "../attack.ts";
import { forgedOrder, pageOrderTwin } from "./shared/csrf.ts";

export const csrfOrder: Attack = {
  id: "csrf-order",
  title: "Have a page of another site place an order in the name of whoever visits it (CSRF)",
  owasp: ["SAS-2", "CWE-352"],
  paper: "III.2.C",
  defences: ["function:session-cookie", "function:same-origin", "function:body-limits"],
  operation: "placeOrderOnPage",
  target: "orders",
  needs: "browser",
  run: (context) => forgedOrder(context, "other site"),
  twin: pageOrderTwin,
};
