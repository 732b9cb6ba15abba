import type { Principal } from "../api.ts";
import { Refusal } from "../refusal.ts";

/**
 * Checks that the caller is in one of the operation's groups, as the authorizer's policy already did: a cached policy that
 * lists too much, or a route wired to the wrong authorizer, does not make a partner an administrator.
 *
 * @throws Refusal 403 when the caller is in none of them
 */
export function checkGroups(principal: Principal, groups: readonly string[]): void {
  if (groups.some((group) => principal.groups.includes(group))) return;
  throw new Refusal({ defence: "group-check", status: 403, detail: "Your groups may not call this operation." });
}
