import { invalid, LOG_RETENTION_DAYS, type LoweredFloor, oneOf, requireReason, wholeNumber } from "@palisade/core";
import type { AnalyticsPipelineArgs } from "./args.ts";
import { COMPONENT, share } from "./checks.ts";
import * as defaults from "./defaults.ts";
import { type ForecastSettings, forecastSettings } from "./forecast/settings.ts";
import { type QuickSightSettings, quickSightSettings } from "./quicksight-settings.ts";
import { type WarehouseSettings, warehouseSettings } from "./warehouse-settings.ts";

/** The literal settings of a pipeline, checked, with every default. */
export interface PipelineSettings {
  startOnEvents: boolean;
  eventBatchSize: number;
  eventWindowSeconds: number;
  /** Absent where the job has none. */
  schedule?: string;
  maximumWorkers: number;
  timeoutMinutes: number;
  quarantineShareLimit: number;
  rawRetentionDays: number;
  cleanRetentionDays: number;
  resultRetentionDays: number;
  scanLimitBytes: number;
  logRetentionDays: number;
  deletable: boolean;
  lowered: LoweredFloor[];
  quickSight?: QuickSightSettings;
  forecast?: ForecastSettings;
  warehouse?: WarehouseSettings;
}

/** @throws PalisadeError before any child is created, when an argument is not allowed. */
export function pipelineSettings(name: string, args: AnalyticsPipelineArgs): PipelineSettings {
  const place = (property: string) => ({ component: COMPONENT, name, property });
  const whole = (property: keyof AnalyticsPipelineArgs, standard: number, range: [number, number]) =>
    wholeNumber(place(property), args[property] ?? standard, range);
  checkSources(name, args);
  checkKey(name, args);
  const lowered: LoweredFloor[] =
    args.allowDeletion === undefined
      ? []
      : [
          {
            floor: "deletion-protection",
            reason: requireReason({ ...place("allowDeletion"), reason: args.allowDeletion }),
          },
        ];
  if (args.encryptAccountCatalog !== undefined) {
    requireReason({ ...place("encryptAccountCatalog"), reason: args.encryptAccountCatalog });
  }
  return {
    startOnEvents: args.startOnEvents ?? true,
    eventBatchSize: whole("eventBatchSize", defaults.EVENT_BATCH_SIZE, [1, 100]),
    eventWindowSeconds: whole("eventWindowSeconds", defaults.EVENT_WINDOW_SECONDS, [1, 900]),
    schedule: schedule(name, args),
    maximumWorkers: whole("maximumWorkers", defaults.MAXIMUM_WORKERS, [2, 100]),
    timeoutMinutes: whole("timeoutMinutes", defaults.TIMEOUT_MINUTES, [5, 1440]),
    quarantineShareLimit: share(
      place("quarantineShareLimit"),
      args.quarantineShareLimit ?? defaults.QUARANTINE_SHARE_LIMIT,
      [0, 1],
    ),
    rawRetentionDays: whole("rawRetentionDays", defaults.RAW_RETENTION_DAYS, [15, 3650]),
    cleanRetentionDays: whole("cleanRetentionDays", defaults.CLEAN_RETENTION_DAYS, [31, 3650]),
    resultRetentionDays: whole("resultRetentionDays", defaults.RESULT_RETENTION_DAYS, [1, 365]),
    scanLimitBytes: whole("scanLimitGibibytes", defaults.SCAN_LIMIT_GIBIBYTES, [1, 1000]) * 1024 ** 3,
    logRetentionDays: oneOf(
      place("logRetentionDays"),
      args.logRetentionDays ?? defaults.LOG_RETENTION_DAYS,
      LOG_RETENTION_DAYS,
    ),
    deletable: args.allowDeletion !== undefined,
    lowered,
    quickSight: args.quickSight && quickSightSettings(name, args.quickSight),
    forecast: args.forecast && forecastSettings(name, args.forecast),
    warehouse: args.warehouse && warehouseSettings(name, args.warehouse),
  };
}

function checkSources(name: string, args: AnalyticsPipelineArgs): void {
  const { existingTrail, ownTrail, apiAccessLog, firewallLog, databaseAuditLog } = args;
  if (existingTrail !== undefined && ownTrail) {
    throw invalid({
      component: COMPONENT,
      name,
      property: "ownTrail",
      received: ownTrail,
      allowed: "false beside existingTrail",
      fix: "remove one of them: the account's calls are recorded once",
    });
  }
  const prefix = existingTrail?.prefix;
  if (prefix !== undefined && !/^[^/].*\/$/.test(prefix)) {
    throw invalid({
      component: COMPONENT,
      name,
      property: "existingTrail.prefix",
      received: prefix,
      allowed: "a folder that ends in / and does not begin with it",
      fix: 'write it as in "AWSLogs/"',
    });
  }
  if (existingTrail || ownTrail || apiAccessLog || firewallLog || databaseAuditLog) return;
  throw invalid({
    component: COMPONENT,
    name,
    property: "existingTrail",
    receivedText: "not set, and neither is any other source",
    allowed: "one of existingTrail, ownTrail, apiAccessLog, firewallLog, databaseAuditLog",
    fix: "name what is to be read",
  });
}

/** What cannot be had with AWS's own keys: CloudTrail.2, RedshiftServerless.4, and a catalog's key. */
function checkKey(name: string, args: AnalyticsPipelineArgs): void {
  if (args.kmsKeyArn !== undefined) return;
  const asking = (["ownTrail", "warehouse", "encryptAccountCatalog"] as const).find((property) => args[property]);
  if (asking === undefined) return;
  throw invalid({
    component: COMPONENT,
    name,
    property: "kmsKeyArn",
    received: undefined,
    allowed: `the ARN of a key, because ${asking} is set`,
    fix: `give kmsKeyArn, or leave ${asking} out`,
  });
}

function schedule(name: string, args: AnalyticsPipelineArgs): string | undefined {
  const value = args.schedule ?? defaults.SCHEDULE;
  if (value === "none") {
    if (args.startOnEvents ?? true) return undefined;
    throw invalid({
      component: COMPONENT,
      name,
      property: "schedule",
      received: value,
      allowed: "a schedule, because startOnEvents is false",
      fix: "give the job a schedule, or let files start it",
    });
  }
  if (/^cron\(\S+( \S+){5}\)$/.test(value)) return value;
  throw invalid({
    component: COMPONENT,
    name,
    property: "schedule",
    received: value,
    allowed: 'a schedule of six fields such as "cron(30 0 * * ? *)", or "none"',
    fix: "write it as AWS Glue does",
  });
}
