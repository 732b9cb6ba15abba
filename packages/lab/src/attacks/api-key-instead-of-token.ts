import type { Attack } from "../attack.ts";
import { list, summary } from "../exchange.ts";
import { get, twin } from "./shared/requests.ts";

export const apiKeyInsteadOfToken: Attack = {
  id: "api-key-instead-of-token",
  title: "List every company's orders with the API key that every partner has",
  owasp: ["SAS-2", "API2:2023"],
  paper: "III.1.B",
  defences: ["gateway:authorizer", "function:principal", "function:group-check"],
  operation: "listAllOrders",
  target: "admin",
  run: async (context) => {
    const answer = await context.send({
      client: "holder of the API key",
      method: "GET",
      path: "/admin/orders",
      headers: { "x-api-key": context.apiKey },
    });
    const companies = [...new Set(list(answer, "orders").map((order) => order.companyId))];
    const effect = companies.includes("acme") && companies.includes("globex");
    return { effect, evidence: effect ? `the key lists the orders of ${companies.join(" and ")}` : summary(answer) };
  },
  twin: async (context) => {
    const answer = await context.send(get(context, "carol", "/admin/orders"), "twin");
    return twin(answer, list(answer, "orders").length >= 2, "carol, an administrator, lists every order");
  },
};
