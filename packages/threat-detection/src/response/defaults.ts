/** What a ResponsePlan is without further arguments, and what no argument changes. */

/** Findings of Lambda Protection: what a stopped function can no longer go on with. */
export const QUARANTINE_TYPES = ["*:Lambda/*"];

/** Findings that say that credentials have left. */
export const REVOKE_TYPES = [
  "*:IAMUser/ResourceCredentialExfiltration.*",
  "*:IAMUser/InstanceCredentialExfiltration.*",
  "*:IAMUser/CompromisedCredentials",
  "Trojan:Lambda/DropPoint",
  "Backdoor:Lambda/*",
];

/** Findings that name who came to us. */
export const DENY_TYPES = [
  "*:IAMUser/MaliciousIPCaller*",
  "*:IAMUser/TorIPCaller",
  "*:S3/MaliciousIPCaller*",
  "*:S3/TorIPCaller",
  "CredentialAccess:RDS/*",
];

/** GuardDuty's "high", for what stops work, and its "medium", for what refuses a stranger. */
export const STOPPING_SEVERITY = 7;
export const DENYING_SEVERITY = 4;

export const DENY_HOURS = 24;
export const MAXIMUM_ADDRESSES = 100;
export const MEASURES_PER_HOUR = 10;

export const FIXED = {
  /** Tries, six minutes apart, before a finding is put aside. */
  MAXIMUM_RECEIVES: 5,
  /** How often addresses whose time is over are let in again. */
  SWEEP: "rate(15 minutes)",
} as const;
