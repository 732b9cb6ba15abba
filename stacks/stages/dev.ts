import { MfaMode, ThreatProtection } from "@palisade/secure-gateway";
import { compose } from "../compose.ts";
import type { StageOutputs } from "../outputs.ts";
import type { StageData } from "./stage.ts";

/** Cheap while nobody uses it, and disposable. */
export const dev: StageData = {
  name: "dev",
  allowDeletion: "dev holds no customer's data and is made anew at will",
  logRetentionDays: 7,
  customerKey: false,
  alarms: false,
  database: {
    minCapacity: 0,
    maxCapacity: 1,
    instances: 1,
    allowSingleInstance: "dev may be down while AWS replaces its instance",
    backupRetentionDays: 7,
    advancedInsights: false,
    endpointAvailabilityZones: 1,
  },
  users: {
    mfa: MfaMode.Off,
    allowPasswordOnly: "dev's users are made up and sign in by script",
    threatProtection: ThreatProtection.Off,
    allowUnguardedSignIn: "threat protection is priced by active user, and dev's users are made up",
  },
  gateway: {
    throttling: { rateLimit: 20, burstLimit: 40 },
    signInThrottling: { rateLimit: 2, burstLimit: 5 },
    authorizerResultTtlSeconds: 30,
    authorizerDecisionSeconds: 20,
  },
  firewall: { requestsPerMinute: 600, signInsPerMinute: 20, deniedCountries: ["KP"] },
  analytics: { startOnEvents: true, schedule: "none", rawRetentionDays: 15, cleanRetentionDays: 31 },
  functions: { memoryMegabytes: 256, databaseTimeoutSeconds: 28, timeoutSeconds: 10 },
};

export const program = (): Promise<StageOutputs> => compose(dev);
