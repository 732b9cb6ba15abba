export { AccountSecurity } from "./account/account-security.ts";
export {
  type AccessAnalyzerArgs,
  type AccountSecurityArgs,
  type ConfigRecorderArgs,
  type InspectorArgs,
  type MacieArgs,
  type SecurityHubArgs,
  SecurityStandard,
} from "./account/args.ts";
export type { FindingChannelArgs, SlackChannel, TeamsChannel } from "./channel/args.ts";
export { FindingChannel } from "./channel/finding-channel.ts";
export {
  DetectorFeature,
  type FindingChannelRef,
  PublishingFrequency,
  type ThreatDetectionArgs,
} from "./detection/args.ts";
export { ThreatDetection } from "./detection/threat-detection.ts";
export {
  type DenyAddressesArgs,
  type FindingResponseArgs,
  type QuarantineArgs,
  type ResponseChannelRef,
  ResponseMode,
  type ResponsePlanArgs,
  type ResponsePlanRef,
  type RevokeSessionsArgs,
} from "./response/args.ts";
export { FindingResponse } from "./response/finding-response.ts";
export { ResponsePlan } from "./response/response-plan.ts";
export { type SiemArgs, SiemEngine, type SiemFunction, type SiemNetwork } from "./siem/args.ts";
export { Siem } from "./siem/siem.ts";
export type { ThreatSimulatorArgs } from "./simulator/args.ts";
export { ThreatSimulator } from "./simulator/threat-simulator.ts";
export { type AuditTrailArgs, DataEvents, LockMode } from "./trail/args.ts";
export { AuditTrail } from "./trail/audit-trail.ts";
