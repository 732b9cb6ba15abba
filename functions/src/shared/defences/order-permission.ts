import { header } from "../api.ts";
import { COOKIES, cookieOf } from "../cookies.ts";
import { type Environment, readEnvironment } from "../env.ts";
import type { ApiRequest } from "../function.ts";
import { createPermissions, type OrderResource, type Permissions } from "../permissions.ts";
import { Refusal } from "../refusal.ts";

/** Where the operations of a function find their caller's token: the identity source of their authorizer. */
export type TokenSource = "Authorization" | "Cookie";

/**
 * Checks that the policies let the caller do an operation to an order. The order is the database's, and so are its company and its status.
 *
 * @throws Refusal of the layer `permissions` when they do not, or the token is not valid; DependencyFault when there is no answer
 */
export type OrderCheck = (request: ApiRequest, operationId: string, order: OrderResource) => Promise<void>;

/**
 * The check of a function. It goes before `company-check`, which stays behind it: a policy that permits too much, and a function that trusts
 * a context of somebody else's, each meet the other.
 *
 * @throws Error when `POLICY_STORE_ID` is not set: that nobody is asked is said, with `none`
 */
export function createOrderCheck(functionName: string, environment: Environment, source: TokenSource): OrderCheck {
  const { POLICY_STORE_ID: id } = readEnvironment(functionName, environment, {
    POLICY_STORE_ID: { form: "the id of a policy store, or none" },
  });
  const permissions = id === "none" ? undefined : createPermissions(functionName, environment);
  return permissions === undefined ? async () => {} : orderCheckOf(permissions, source);
}

/** The check by whatever answers for the policies. */
export function orderCheckOf(permissions: Pick<Permissions, "isAuthorized">, source: TokenSource): OrderCheck {
  return async ({ event }, operationId, order) => {
    const token = source === "Cookie" ? cookieOf(event, COOKIES.session) : bearerOf(header(event, "authorization"));
    if (token === undefined) {
      throw new Refusal({ layer: "permissions", defence: "verified-token", status: 401, detail: "Sign in first." });
    }
    if (await permissions.isAuthorized(token, operationId, order)) return;
    throw new Refusal({
      layer: "permissions",
      defence: "order",
      status: 403,
      detail: "You may not do this to the order.",
    });
  };
}

function bearerOf(text: string | undefined): string | undefined {
  return /^bearer (\S+)$/i.exec(text ?? "")?.[1];
}
