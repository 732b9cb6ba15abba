import type { Attack } from "../attack.ts";
import { forgedOrder, pageOrderTwin } from "./shared/csrf.ts";

export const csrfSibling: Attack = {
  id: "csrf-sibling",
  title: "Have a page of another host of the same site place an order, past SameSite cookies (CSRF)",
  owasp: ["SAS-2", "CWE-352"],
  paper: "III.2.C",
  defences: ["function:same-origin", "function:body-limits"],
  operation: "placeOrderOnPage",
  target: "orders",
  needs: "browser",
  // A forgotten host below the same domain: for a browser the same site, whose cookies it sends.
  run: (context) => forgedOrder(context, "same site"),
  twin: pageOrderTwin,
};
