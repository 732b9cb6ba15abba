import type { RefreshLedger } from "@palisade/functions/src/shared/defences/refresh-reuse";

/** Stands in for `refresh-reuse`: nobody keeps which refresh tokens were used. */
export function createRefreshLedger(): RefreshLedger {
  return { spend: async () => {}, remember: async () => {}, release: async () => {} };
}
