export type { FindingChannelArgs, SlackChannel } from "./channel/args.ts";
export { FindingChannel } from "./channel/finding-channel.ts";
export {
  DetectorFeature,
  type FindingChannelRef,
  PublishingFrequency,
  type ThreatDetectionArgs,
} from "./detection/args.ts";
export { ThreatDetection } from "./detection/threat-detection.ts";
export type { ThreatSimulatorArgs } from "./simulator/args.ts";
export { ThreatSimulator } from "./simulator/threat-simulator.ts";
export { type AuditTrailArgs, DataEvents, LockMode } from "./trail/args.ts";
export { AuditTrail } from "./trail/audit-trail.ts";
