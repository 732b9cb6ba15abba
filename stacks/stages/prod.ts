import { MfaMode, ThreatProtection } from "@palisade/secure-gateway";
import { compose } from "../compose.ts";
import type { StageOutputs } from "../outputs.ts";
import type { StageData } from "./stage.ts";

/** Available in two zones, protected from deletion, kept for a year. */
export const prod: StageData = {
  name: "prod",
  logRetentionDays: 365,
  customerKey: true,
  alarms: true,
  database: {
    minCapacity: 0.5,
    maxCapacity: 8,
    instances: 2,
    backupRetentionDays: 35,
    advancedInsights: true,
    endpointAvailabilityZones: 1,
  },
  // Optional, not on: partners' machines sign in too, and a machine types no code.
  users: { mfa: MfaMode.Optional, threatProtection: ThreatProtection.Enforced },
  gateway: {
    throttling: { rateLimit: 100, burstLimit: 200 },
    signInThrottling: { rateLimit: 5, burstLimit: 10 },
    authorizerResultTtlSeconds: 30,
    authorizerDecisionSeconds: 20,
  },
  // A database of at least half a unit never pauses: who waits 10 seconds for it waits for one that is down.
  firewall: { requestsPerMinute: 400, signInsPerMinute: 20, deniedCountries: ["KP"] },
  // New files within 15 minutes; each night what an event was lost of.
  analytics: { startOnEvents: true, schedule: "cron(30 0 * * ? *)", rawRetentionDays: 90, cleanRetentionDays: 400 },
  functions: { memoryMegabytes: 512, databaseTimeoutSeconds: 10, timeoutSeconds: 5 },
};

export const program = (): Promise<StageOutputs> => compose(prod);
