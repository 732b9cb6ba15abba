import {
  invalid,
  LOG_RETENTION_DAYS,
  type LoweredFloor,
  oneOf,
  requireReason,
  validatedInput,
  wholeNumber,
} from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import { type AuditTrailArgs, type DataEvents, LockMode } from "./args.ts";
import { DATA_EVENTS, EXPIRATION_DAYS, LOCK_DAYS, LOCK_MODE, TRAIL_LOG_RETENTION_DAYS } from "./defaults.ts";

const COMPONENT = "AuditTrail";

/** The arguments, checked, with every default. */
export interface TrailSettings {
  dataEvents: readonly DataEvents[];
  lowered: LoweredFloor[];
  organizationId?: pulumi.Input<string>;
  lockDays: number;
  lockMode: LockMode;
  expirationDays: number;
  logRetentionDays: pulumi.Input<number>;
  kmsKeyArn?: pulumi.Input<string>;
  alarmTopicArn?: pulumi.Input<string>;
}

/** @throws PalisadeError before any child is created, when an argument is not allowed. */
export function trailSettings(name: string, args: AuditTrailArgs): TrailSettings {
  const place = (property: string) => ({ component: COMPONENT, name, property });
  const lockDays = wholeNumber(place("lockDays"), args.lockDays ?? LOCK_DAYS, [1, 36_500]);
  const expirationDays = args.expirationDays ?? Math.max(EXPIRATION_DAYS, lockDays + 1);
  const lowered = declined(name, args);
  return {
    dataEvents: (args.dataEvents ?? DATA_EVENTS).map((events, index) =>
      oneOf(place(`dataEvents[${index}]`), events, DATA_EVENTS),
    ),
    lowered,
    organizationId: validatedInput(args.organizationId, (id) => {
      if (/^o-[a-z0-9]{10,32}$/.test(id)) return;
      const fix = "copy it from AWS Organizations";
      throw invalid({ ...place("organizationId"), received: id, allowed: 'an id such as "o-a1b2c3d4e5"', fix });
    }),
    lockDays,
    lockMode: oneOf(place("lockMode"), args.lockMode ?? LOCK_MODE, Object.values(LockMode)),
    // What is locked cannot expire.
    expirationDays: wholeNumber(place("expirationDays"), expirationDays, [lockDays + 1, 36_501]),
    logRetentionDays: validatedInput(args.logRetentionDays ?? TRAIL_LOG_RETENTION_DAYS, (days) => {
      oneOf(place("logRetentionDays"), days, LOG_RETENTION_DAYS);
    }),
    kmsKeyArn: args.kmsKeyArn,
    alarmTopicArn: args.alarmTopicArn,
  };
}

function declined(name: string, { dataEvents, declinedDataEvents }: AuditTrailArgs): LoweredFloor[] {
  const place = { component: COMPONENT, name, property: "declinedDataEvents" };
  const missing = DATA_EVENTS.filter((events) => !(dataEvents ?? DATA_EVENTS).includes(events));
  if (missing.length > 0) {
    const reason = requireReason({ ...place, reason: declinedDataEvents });
    return [{ floor: "trail-data-events", reason }];
  }
  if (declinedDataEvents === undefined) return [];
  throw invalid({
    ...place,
    received: declinedDataEvents,
    allowed: "nothing, because dataEvents leaves none out",
    fix: "remove declinedDataEvents",
  });
}
