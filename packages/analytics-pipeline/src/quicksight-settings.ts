import { invalid, requireReason, wholeNumber } from "@palisade/core";
import type { QuickSightArgs } from "./args.ts";
import { COMPONENT, formed } from "./checks.ts";

/** The settings of a dashboard, checked, with every default. */
export type QuickSightSettings = Required<QuickSightArgs>;

/** @throws PalisadeError when an argument is not allowed. */
export function quickSightSettings(name: string, args: QuickSightArgs): QuickSightSettings {
  const place = (property: string) => ({ component: COMPONENT, name, property: `quickSight.${property}` });
  if (args.viewerArns.length === 0) {
    throw invalid({
      ...place("viewerArns"),
      received: args.viewerArns,
      allowed: "at least one ARN of a user or group of QuickSight",
      fix: "name who may see the dashboard",
    });
  }
  return {
    existingSubscription: requireReason({ ...place("existingSubscription"), reason: args.existingSubscription }),
    viewerArns: args.viewerArns,
    authorArns: args.authorArns ?? [],
    refreshTime: formed(
      place("refreshTime"),
      args.refreshTime ?? "02:00",
      /^([01]\d|2[0-3]):[0-5]\d$/,
      'a time such as "02:00"',
    ),
    timeZone: formed(
      place("timeZone"),
      args.timeZone ?? "UTC",
      /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/,
      'a time zone such as "Europe/Berlin"',
    ),
    days: wholeNumber(place("days"), args.days ?? 90, [1, 400]),
  };
}
