import {
  type FunctionRef,
  invalid,
  LOG_RETENTION_DAYS,
  type LoweredFloor,
  oneOf,
  type PropertyPlace,
  requireReason,
  validatedInput,
} from "@palisade/core";
import type * as pulumi from "@pulumi/pulumi";
import { accountId, validateRegions } from "../account/settings.ts";
import { DetectorFeature, type FindingChannelRef, PublishingFrequency, type ThreatDetectionArgs } from "./args.ts";
import { DEFAULT_FEATURES, LOG_RETENTION_DAYS_DEFAULT, MINIMUM_SEVERITY, PUBLISHING_FREQUENCY } from "./defaults.ts";

const COMPONENT = "ThreatDetection";
const DETECTOR_ID = /^[0-9a-f]{32}$/;
const FINDING_TYPE = /^[A-Za-z]+:[A-Za-z0-9]+\/[A-Za-z0-9&.!_-]+$/;

/** The arguments, checked, with every default. */
export interface DetectionSettings {
  channel: FindingChannelRef;
  notifier: FunctionRef;
  existingDetectorId?: pulumi.Input<string>;
  /** Regions beside the provider's own. */
  regions: string[];
  /** Detectors of these that are adopted, by the region. */
  existingDetectorIds: Record<string, pulumi.Input<string>>;
  delegatedAdministrator?: pulumi.Input<string>;
  /** Every feature that GuardDuty has, and whether it is on. */
  features: Record<DetectorFeature, boolean>;
  /** Floors that were lowered on the detector. */
  declined: LoweredFloor[];
  minimumSeverity: number;
  mutedTypes: string[];
  /** Floors that were lowered on the rule. */
  muted: LoweredFloor[];
  publishingFrequency: PublishingFrequency;
  logRetentionDays: pulumi.Input<number>;
  alarmTopicArn: pulumi.Input<string>;
}

/** @throws PalisadeError before any child is created, when an argument is not allowed. */
export function detectionSettings(name: string, args: ThreatDetectionArgs): DetectionSettings {
  const place = (property: string) => ({ component: COMPONENT, name, property });
  const declined = declinedFeatures(name, args);
  const further = (args.furtherFeatures ?? []).map((feature, index) =>
    oneOf(place(`furtherFeatures[${index}]`), feature, Object.values(DetectorFeature)),
  );
  const on = new Set<DetectorFeature>([...DEFAULT_FEATURES, ...further]);
  for (const feature of Object.keys(args.declinedFeatures ?? {})) on.delete(feature as DetectorFeature);
  refuseFeaturesOfAdopted(name, args);
  const regions = args.regions ?? [];
  validateRegions(place, regions);
  accountId(place("delegatedAdministrator"), args.delegatedAdministrator);

  const muted = Object.entries(args.mutedTypes ?? {}).map(([type, reason]) => {
    const property = `mutedTypes[${JSON.stringify(type)}]`;
    if (!FINDING_TYPE.test(type)) {
      const allowed = 'a finding type in full, such as "Trojan:Lambda/DropPoint"';
      throw invalid({ ...place(property), received: type, allowed, fix: "name one type" });
    }
    return { type, floor: `muted-${type}`, reason: requireReason({ ...place(property), reason }) };
  });

  return {
    channel: args.channel,
    notifier: args.notifier,
    existingDetectorId: detectorId(place("existingDetectorId"), args.existingDetectorId),
    regions,
    existingDetectorIds: Object.fromEntries(
      Object.entries(args.existingDetectorIds ?? {}).map(([region, id]) => {
        const property = `existingDetectorIds[${JSON.stringify(region)}]`;
        if (!regions.includes(region)) {
          const fix = "add the region to regions, or remove the id";
          throw invalid({ ...place(property), received: region, allowed: "regions that are in regions", fix });
        }
        return [region, detectorId(place(property), id) as pulumi.Input<string>];
      }),
    ),
    delegatedAdministrator: args.delegatedAdministrator,
    features: Object.fromEntries(Object.values(DetectorFeature).map((feature) => [feature, on.has(feature)])) as Record<
      DetectorFeature,
      boolean
    >,
    declined,
    minimumSeverity: severity(name, args.minimumSeverity ?? MINIMUM_SEVERITY),
    mutedTypes: muted.map(({ type }) => type),
    muted: muted.map(({ floor, reason }) => ({ floor, reason })),
    publishingFrequency: oneOf(
      place("publishingFrequency"),
      args.publishingFrequency ?? PUBLISHING_FREQUENCY,
      Object.values(PublishingFrequency),
    ),
    logRetentionDays: validatedInput(args.logRetentionDays ?? LOG_RETENTION_DAYS_DEFAULT, (days) => {
      oneOf(place("logRetentionDays"), days, LOG_RETENTION_DAYS);
    }),
    alarmTopicArn: args.alarmTopicArn ?? args.channel.topicArn,
  };
}

function detectorId(place: PropertyPlace, id: pulumi.Input<string> | undefined): pulumi.Input<string> | undefined {
  return validatedInput(id, (text) => {
    if (DETECTOR_ID.test(text)) return;
    const fix = "list it with `aws guardduty list-detectors`";
    throw invalid({ ...place, received: text, allowed: "32 hexadecimal digits", fix });
  });
}

function declinedFeatures(name: string, args: ThreatDetectionArgs): LoweredFloor[] {
  return Object.entries(args.declinedFeatures ?? {}).map(([feature, reason]) => {
    const place = { component: COMPONENT, name, property: `declinedFeatures[${JSON.stringify(feature)}]` };
    oneOf(place, feature, DEFAULT_FEATURES as readonly string[]);
    const floor = `guardduty-${feature.toLowerCase().replaceAll("_", "-")}`;
    return { floor, reason: requireReason({ ...place, reason }) };
  });
}

// A choice that has no effect would be believed.
function refuseFeaturesOfAdopted(name: string, args: ThreatDetectionArgs): void {
  const made = (args.regions ?? []).filter((region) => args.existingDetectorIds?.[region] === undefined);
  if (args.existingDetectorId === undefined || made.length > 0) return;
  for (const property of ["furtherFeatures", "declinedFeatures", "publishingFrequency"] as const) {
    if (args[property] === undefined) continue;
    throw invalid({
      component: COMPONENT,
      name,
      property,
      received: args[property],
      allowed: "nothing beside existingDetectorId: an adopted detector is not changed",
      fix: `remove ${property}, or existingDetectorId`,
    });
  }
}

function severity(name: string, value: unknown): number {
  if (typeof value === "number" && value >= 1 && value <= 9) return value;
  throw invalid({
    component: COMPONENT,
    name,
    property: "minimumSeverity",
    received: value,
    allowed: "a number from 1 to 9",
    fix: "set minimumSeverity to 4 for medium, 7 for high or 9 for critical findings",
  });
}
