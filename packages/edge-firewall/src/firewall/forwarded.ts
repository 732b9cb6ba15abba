import type { LoweredFloor } from "@palisade/core";
import { type ForwardedAddressArgs, ForwardedAddressFallback } from "./args.ts";
import type { Checks } from "./checks.ts";
import type { ForwardedIp } from "./statements.ts";

/** A forwarding header that a rule trusts, and the floor that it lowers. */
export interface TrustedHeader {
  config: ForwardedIp;
  lowered: LoweredFloor;
}

/**
 * Checks a forwarding header. A client that reaches the API directly writes what it likes there, so that a reason is asked for.
 *
 * @throws PalisadeError without a reason, or for a name that is no header's.
 */
export function trustedHeader(
  check: Checks,
  property: string,
  args: ForwardedAddressArgs | undefined,
  ruleKey: string,
): TrustedHeader | undefined {
  if (args === undefined) return undefined;
  check.plain(property, args);
  return {
    config: {
      headerName: check.headerName(`${property}.headerName`, args.headerName ?? "X-Forwarded-For"),
      fallbackBehavior: check.choice(
        `${property}.fallback`,
        args.fallback ?? ForwardedAddressFallback.Match,
        Object.values(ForwardedAddressFallback),
      ),
    },
    lowered: {
      floor: `firewall-forwarded-${ruleKey}`,
      reason: check.reason(`${property}.trustReason`, args.trustReason),
    },
  };
}
