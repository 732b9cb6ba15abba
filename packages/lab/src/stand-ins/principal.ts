import type { ApiEvent, Principal } from "@palisade/functions/src/shared/api";

/** Stands in for `principal`: whoever the authorizer did not name is let in without a name. */
export function readPrincipal(event: ApiEvent): Principal {
  const { userId, companyId, groups } = event.requestContext.authorizer ?? {};
  return {
    userId: String(userId ?? "anonymous"),
    companyId: String(companyId ?? ""),
    groups: String(groups ?? "").split(","),
  };
}
