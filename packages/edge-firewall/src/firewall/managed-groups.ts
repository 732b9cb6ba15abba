import { ManagedGroup } from "./args.ts";

/**
 * The capacity units of AWS's rule groups, which AWS publishes.
 * https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
export const MANAGED_CAPACITY: Record<string, number> = {
  [ManagedGroup.Common]: 700,
  [ManagedGroup.KnownBadInputs]: 200,
  [ManagedGroup.SqlDatabase]: 200,
  [ManagedGroup.AdminProtection]: 100,
  [ManagedGroup.Linux]: 200,
  [ManagedGroup.Unix]: 100,
  [ManagedGroup.IpReputation]: 25,
  [ManagedGroup.AnonymousIp]: 50,
  AWSManagedRulesBotControlRuleSet: 50,
  AWSManagedRulesAntiDDoSRuleSet: 50,
  AWSManagedRulesATPRuleSet: 50,
  AWSManagedRulesACFPRuleSet: 50,
};

/** The rule's key of a group. */
export const MANAGED_KEYS: Record<ManagedGroup, string> = {
  [ManagedGroup.Common]: "managed-common",
  [ManagedGroup.KnownBadInputs]: "managed-known-bad-inputs",
  [ManagedGroup.SqlDatabase]: "managed-sql-database",
  [ManagedGroup.AdminProtection]: "managed-admin-protection",
  [ManagedGroup.Linux]: "managed-linux",
  [ManagedGroup.Unix]: "managed-unix",
  [ManagedGroup.IpReputation]: "managed-ip-reputation",
  [ManagedGroup.AnonymousIp]: "managed-anonymous-ip",
};
