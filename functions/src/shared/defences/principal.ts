import type { ApiEvent, Principal } from "../api.ts";
import { Refusal } from "../refusal.ts";

/**
 * Reads who calls from the authorizer's context. A function behind a route that lost its authorizer refuses everybody.
 *
 * @throws Refusal 401 when the context is missing, or has no user
 */
export function readPrincipal(event: ApiEvent): Principal {
  const context = event.requestContext.authorizer;
  const userId = text(context?.userId);
  if (userId === "") {
    throw new Refusal({ defence: "principal", status: 401, detail: "Sign in first." });
  }
  return {
    userId,
    companyId: text(context?.companyId),
    groups: text(context?.groups)
      .split(",")
      .filter((group) => group !== ""),
  };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
