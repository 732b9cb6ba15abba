import type { MfaMode, ThreatProtection, ThrottlingArgs } from "@palisade/secure-gateway";

/** How the database of a stage is sized. */
export interface DatabaseData {
  /** Least capacity of an instance in Aurora capacity units; 0 pauses an idle one. */
  minCapacity: number;
  /** Greatest capacity of an instance in Aurora capacity units. */
  maxCapacity: number;
  /** One writer, the others readers in other zones. */
  instances: number;
  /** Why one instance is enough, where `instances` is 1. */
  allowSingleInstance?: string;
  backupRetentionDays: number;
  /** Whether Database Insights keeps 465 days of performance data, priced by capacity. */
  advancedInsights: boolean;
  /** Zones in which the Secrets Manager endpoint has an address; each costs about 7.30 US dollars a month. */
  endpointAvailabilityZones: number;
}

/** All in which `dev` and `prod` differ: data, read by `compose.ts`, which is one program for both. */
export interface StageData {
  name: string;
  /** Why the stage's data may be deleted with it; absent where deletion is protected. */
  allowDeletion?: string;
  logRetentionDays: number;
  /** Whether a key of the stage's own, about a dollar a month, encrypts what it keeps; without it AWS's keys do. */
  customerKey: boolean;
  /** Whether a topic is told of alarms and of the database's events. */
  alarms: boolean;
  database: DatabaseData;
  users: {
    mfa: MfaMode;
    /** Why no second factor is asked for, where `mfa` is off. */
    allowPasswordOnly?: string;
    threatProtection: ThreatProtection;
    /** Why no risky sign-in is blocked, where `threatProtection` is not enforced. */
    allowUnguardedSignIn?: string;
  };
  gateway: {
    /** Of each operation, all callers together. */
    throttling: ThrottlingArgs;
    /** Of signing in, against credential stuffing. */
    signInThrottling: ThrottlingArgs;
    /**
     * Seconds that API Gateway keeps an authorizer's answer, and seconds that the authorizer keeps its decision about a token. Whom it would
     * refuse by now may go on for both together, which are at most 55: a revocation counts everywhere within a minute.
     */
    authorizerResultTtlSeconds: number;
    authorizerDecisionSeconds: number;
  };
  /** What the firewall lets through. */
  firewall: {
    /** Requests that one address may make in a minute. */
    requestsPerMinute: number;
    /** Attempts to sign in that one address may make in a minute, against credential stuffing. */
    signInsPerMinute: number;
    /** ISO 3166 codes of countries that no partner is in. */
    deniedCountries: string[];
  };
  /** How the records of calls are cleaned and kept. */
  analytics: {
    /** Whether new files start the job, at most every 15 minutes. */
    startOnEvents: boolean;
    /** When it runs in any case, in UTC; `none` for never, so that nothing runs while nobody calls. */
    schedule: string;
    rawRetentionDays: number;
    cleanRetentionDays: number;
  };
  functions: {
    memoryMegabytes: number;
    /**
     * Of functions that use the database. They wait for a connection for all of it but 3 seconds (functions/src/shared/database.ts). A
     * paused cluster answers after about 15 seconds; API Gateway waits 29, so that more than 28 is of no use.
     */
    databaseTimeoutSeconds: number;
    timeoutSeconds: number;
  };
}
