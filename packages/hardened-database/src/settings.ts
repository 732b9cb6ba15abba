import type { HardenedDatabaseArgs } from "./args.ts";
import * as defaults from "./defaults.ts";

/** The literal settings of a `HardenedDatabase`, defaults filled in. */
export interface DatabaseSettings {
  masterUsername: string;
  port: number;
  minCapacity: number;
  maxCapacity: number;
  secondsUntilAutoPause?: number;
  instances: number;
  backupRetentionDays: number;
  deletable: boolean;
  auditEvents: string[];
  insightsMode: "advanced" | "standard";
  monitoringIntervalSeconds: number;
  logRetentionDays: number;
  cidrBlock: string;
  availabilityZones: number;
  flowLogs: boolean;
  endpoints: { secretsManager: boolean; dynamodb: boolean; kms: boolean; verifiedPermissions: boolean };
  endpointAvailabilityZones: number;
}

/** Fills in the defaults of checked arguments. */
export function databaseSettings(args: HardenedDatabaseArgs): DatabaseSettings {
  const minCapacity = args.minCapacity ?? defaults.MIN_CAPACITY;
  const { availabilityZones, ...endpoints } = args.endpoints ?? {};
  return {
    masterUsername: args.masterUsername ?? defaults.MASTER_USERNAME,
    port: args.port ?? defaults.PORT,
    minCapacity,
    maxCapacity: args.maxCapacity ?? Math.max(minCapacity, defaults.MAX_CAPACITY),
    // AWS refuses the setting where nothing can pause.
    secondsUntilAutoPause:
      minCapacity === 0 ? (args.secondsUntilAutoPause ?? defaults.SECONDS_UNTIL_AUTO_PAUSE) : undefined,
    instances: args.instances ?? (args.allowSingleInstance === undefined ? defaults.INSTANCES : 1),
    backupRetentionDays: args.backupRetentionDays ?? defaults.BACKUP_RETENTION_DAYS,
    deletable: args.allowDeletion !== undefined,
    auditEvents: args.auditEvents ?? defaults.AUDIT_EVENTS,
    insightsMode: args.advancedInsights === true ? "advanced" : "standard",
    monitoringIntervalSeconds: args.monitoringIntervalSeconds ?? defaults.MONITORING_INTERVAL_SECONDS,
    logRetentionDays: args.logRetentionDays ?? defaults.LOG_RETENTION_DAYS,
    cidrBlock: args.cidrBlock ?? defaults.CIDR_BLOCK,
    availabilityZones: args.availabilityZones ?? defaults.AVAILABILITY_ZONES,
    flowLogs: args.flowLogs ?? true,
    endpoints: { secretsManager: true, dynamodb: true, kms: false, verifiedPermissions: false, ...endpoints },
    endpointAvailabilityZones: availabilityZones ?? defaults.ENDPOINT_AVAILABILITY_ZONES,
  };
}
