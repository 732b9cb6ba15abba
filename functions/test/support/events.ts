import type { ApiEvent, Principal } from "../../src/shared/api.ts";
import type { ApiRequest } from "../../src/shared/function.ts";

export const ORDER_ID = "3f2c9a54-5d0e-4f6a-9c31-0d6a2b7e8f10";

/** A partner of the company `acme`. */
export const alice: Principal = { userId: "user-alice", companyId: "acme", groups: ["partner", "company:acme"] };

/** A partner of another company. */
export const bob: Principal = { userId: "user-bob", companyId: "globex", groups: ["partner", "company:globex"] };

/** An administrator, of no company. */
export const carol: Principal = { userId: "user-carol", companyId: "", groups: ["admin"] };

/** An event as API Gateway makes it. */
export function apiEvent(method: string, resource: string, extra: Partial<ApiEvent> = {}): ApiEvent {
  return { httpMethod: method, resource, requestContext: { requestId: "request-1" }, ...extra };
}

/** An event with a JSON body, given as a value or as a text. */
export function jsonEvent(method: string, resource: string, body: unknown, extra: Partial<ApiEvent> = {}): ApiEvent {
  return apiEvent(method, resource, {
    headers: { "Content-Type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...extra,
  });
}

/** A request of a caller, as an operation's core gets it. */
export function requestOf(principal: Principal, event: Partial<ApiEvent> = {}): ApiRequest {
  return { principal, event: apiEvent("GET", "/", event) };
}

/** The authorizer's context for a caller. */
export function contextOf(principal: Principal): Record<string, unknown> {
  return { ...principal, groups: principal.groups.join(",") };
}
