import type { Operation } from "../shared/function.ts";

/** The operations of the function `partners`. */
export const partnersOperations: Operation[] = [
  {
    operationId: "getPartner",
    method: "GET",
    path: "/partners/me",
    groups: ["partner", "admin"],
    run: ({ principal }) => ({ status: 200, json: principal }),
  },
  {
    operationId: "getPartnerOnPage",
    method: "GET",
    path: "/page/partner",
    groups: ["partner", "admin"],
    fromPage: true,
    run: ({ principal }) => ({ status: 200, json: principal }),
  },
];
