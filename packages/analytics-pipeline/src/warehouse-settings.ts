import { invalid, requireReason, wholeNumber } from "@palisade/core";
import type { WarehouseArgs } from "./args.ts";
import { COMPONENT } from "./checks.ts";

/** The literal settings of a warehouse, checked, with every default. */
export interface WarehouseSettings {
  reason: string;
  baseCapacity: number;
  maxCapacity: number;
  unitHoursPerDay: number;
  databaseFilter: string;
}

/** @throws PalisadeError when an argument is not allowed. */
export function warehouseSettings(name: string, args: WarehouseArgs): WarehouseSettings {
  const place = (property: string) => ({ component: COMPONENT, name, property: `warehouse.${property}` });
  const baseCapacity = args.baseCapacity ?? 8;
  // https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-capacity.html
  if (!Number.isInteger(baseCapacity / 8) || baseCapacity < 8 || baseCapacity > 512) {
    throw invalid({
      ...place("baseCapacity"),
      received: baseCapacity,
      allowed: "8 to 512 Redshift processing units in steps of 8",
      fix: "set warehouse.baseCapacity to one",
    });
  }
  for (const key of Object.keys(args.tableArns ?? {})) {
    if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key)) continue;
    throw invalid({
      ...place(`tableArns[${JSON.stringify(key)}]`),
      receivedText: "a key that is no name",
      allowed: 'kebab-case, for example "orders"',
      fix: "rename it; the integration is named after it",
    });
  }
  return {
    reason: requireReason({
      ...place("confirmPriceOf3DollarsAnHourInUse"),
      reason: args.confirmPriceOf3DollarsAnHourInUse,
    }),
    baseCapacity,
    maxCapacity: wholeNumber(place("maxCapacity"), args.maxCapacity ?? Math.max(16, baseCapacity), [baseCapacity, 512]),
    unitHoursPerDay: wholeNumber(place("unitHoursPerDay"), args.unitHoursPerDay ?? 40, [1, 12_288]),
    databaseFilter: args.databaseFilter ?? "include: *.*",
  };
}
