import type { TokenEvent } from "@palisade/functions/src/authorizer/defences/identity-source";

/** Stands in for `identity-source`: the token is taken from wherever one is, as an authorizer does that serves machines and browsers alike. */
export function tokenOf({ headers, authorizationToken }: TokenEvent): string | undefined {
  const all = [authorizationToken, ...Object.values(headers ?? {})].join("; ");
  return /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(all)?.[0];
}
