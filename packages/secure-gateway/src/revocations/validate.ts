import { type LoweredFloor, requireReason, wholeNumber } from "@palisade/core";
import type { RevocationTableArgs } from "./args.ts";
import { DEFAULTS } from "./defaults.ts";

/** The arguments, checked, with the defaults filled in. */
export interface RevocationTableSettings {
  recoveryDays: number;
  deletable: boolean;
  /** The floor that the arguments lower, with its reason. */
  lowered: LoweredFloor[];
}

/**
 * Checks every argument before a resource is created.
 *
 * @throws PalisadeError for the first that is not allowed.
 */
export function revocationTableSettings(name: string, args: RevocationTableArgs): RevocationTableSettings {
  const component = "RevocationTable";
  const { allowDeletion: reason } = args;
  return {
    recoveryDays: wholeNumber(
      { component, name, property: "recoveryDays" },
      args.recoveryDays ?? DEFAULTS.recoveryDays,
      [1, 35],
    ),
    deletable: reason !== undefined,
    lowered:
      reason === undefined
        ? []
        : [
            {
              floor: "deletion-protection",
              reason: requireReason({ component, name, property: "allowDeletion", reason }),
            },
          ],
  };
}
