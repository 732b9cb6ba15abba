import { AnalyticsPipeline } from "@palisade/analytics-pipeline";
import type { EdgeFirewall } from "@palisade/edge-firewall";
import type { HardenedDatabase } from "@palisade/hardened-database";
import type { SecureGateway } from "@palisade/secure-gateway";
import type * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./foundation.ts";
import type { StageData } from "./stages/stage.ts";

/** `palisade:<key>` of what is read and made of a stage's calls. */
export interface AnalyticsConfig {
  /**
   * Name of the bucket of the account's audit trail, an output of the stack `account`: with it the account's calls of AWS's APIs are read too. Default: none, the
   * stage's own records alone.
   */
  trailBucketName?: string;
  /** ARN of the trail's key, an output of the stack `account`. Default: none. */
  trailKeyArn?: string;
  /** ARNs of QuickSight's users and groups that see the dashboard; the account must have a subscription. Default: none, and no dashboard. */
  quickSightViewers?: string[];
  /** Whether usage is forecast, a few US dollars a month. Default: false. */
  forecast: boolean;
}

/** Reads it. */
export function analyticsConfig(config: pulumi.Config): AnalyticsConfig {
  return {
    trailBucketName: config.get("trailBucketName"),
    trailKeyArn: config.get("trailKeyArn"),
    quickSightViewers: config.getObject<string[]>("quickSightViewers"),
    forecast: config.getBoolean("forecast") ?? false,
  };
}

/** What a stage's calls are read from. */
export interface Recorded {
  gateway: SecureGateway;
  firewall: EdgeFirewall;
  database: HardenedDatabase;
}

/** Every call of the stage's API and database, clean and queryable. */
export function createAnalytics(
  { analytics, allowDeletion, logRetentionDays }: StageData,
  { trailBucketName, trailKeyArn, quickSightViewers, forecast }: AnalyticsConfig,
  { kmsKeyArn, alarmTopicArn }: Foundation,
  { gateway, firewall, database }: Recorded,
): AnalyticsPipeline {
  return new AnalyticsPipeline("analytics", {
    ...(trailBucketName !== undefined && {
      existingTrail: { bucketName: trailBucketName, kmsKeyArn: trailKeyArn },
    }),
    apiAccessLog: { logGroupName: gateway.accessLogGroupName },
    firewallLog: { logGroupName: firewall.logGroupName },
    databaseAuditLog: { logGroupName: database.auditLogGroupName },
    ...analytics,
    ...(quickSightViewers !== undefined && {
      quickSight: {
        existingSubscription: "palisade:quickSightViewers names users of the account's own subscription",
        viewerArns: quickSightViewers,
      },
    }),
    ...(forecast && { forecast: {} }),
    kmsKeyArn,
    alarmTopicArn,
    logRetentionDays,
    allowDeletion,
  });
}
