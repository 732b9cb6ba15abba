import type { Principal } from "../api.ts";
import { Refusal } from "../refusal.ts";

/**
 * Checks that an object belongs to the caller's company (OWASP API1:2023, broken object level authorization).
 * Administrators see every company's.
 *
 * @param companyId the company that the object belongs to, from the database and never from the request
 * @throws Refusal 403 when it belongs to another company, or the caller has none
 */
export function checkCompany(principal: Principal, companyId: string): void {
  if (principal.groups.includes("admin")) return;
  if (principal.companyId !== "" && principal.companyId === companyId) return;
  throw new Refusal({ defence: "company-check", status: 403, detail: "The order is not your company's." });
}
