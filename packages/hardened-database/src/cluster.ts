import { childName, NAME_RULES, physicalName, stackPrefix } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "./context.ts";
import * as defaults from "./defaults.ts";
import { eventSubscriptions, monitoringRole } from "./monitoring.ts";
import type { Network } from "./network.ts";

/** Makes the cluster, its instances, and what they need. */
export function cluster(
  context: BuildContext,
  network: Network,
  securityGroupId: pulumi.Input<string>,
): aws.rds.Cluster {
  const { name, args, settings, tags, loweredTags, child } = context;
  const clusterIdentifier = identifierOf(name);
  const subnets = new aws.rds.SubnetGroup(
    childName(name, "subnet-group"),
    { description: "Isolated subnets of the database", subnetIds: network.subnetIds, tags },
    child,
  );
  const made = new aws.rds.Cluster(
    childName(name, "cluster"),
    {
      clusterIdentifier,
      engine: defaults.ENGINE,
      engineMode: "provisioned", // Serverless v2 is a class of instance, not an engine mode.
      engineVersion: args.engineVersion ?? defaults.ENGINE_VERSION,
      autoMinorVersionUpgrade: true, // Security Hub RDS.35
      databaseName: args.databaseName,
      port: settings.port,
      dbSubnetGroupName: subnets.name,
      vpcSecurityGroupIds: [securityGroupId],
      dbClusterParameterGroupName: parameterGroup(context).name,
      serverlessv2ScalingConfiguration: {
        minCapacity: settings.minCapacity,
        maxCapacity: settings.maxCapacity,
        secondsUntilAutoPause: settings.secondsUntilAutoPause,
      },
      masterUsername: settings.masterUsername,
      manageMasterUserPassword: true, // RDS makes, keeps and rotates it in Secrets Manager; it is never in Pulumi's state.
      masterUserSecretKmsKeyId: args.kmsKeyArn,
      iamDatabaseAuthenticationEnabled: true, // Security Hub RDS.12
      storageEncrypted: true, // Security Hub RDS.27
      kmsKeyId: args.kmsKeyArn,
      enabledCloudwatchLogsExports: defaults.LOG_EXPORTS,
      databaseInsightsMode: settings.insightsMode,
      ...performanceInsights(context),
      backupRetentionPeriod: settings.backupRetentionDays,
      copyTagsToSnapshot: true, // Security Hub RDS.16
      deletionProtection: !settings.deletable, // Security Hub RDS.7
      skipFinalSnapshot: settings.deletable,
      finalSnapshotIdentifier: settings.deletable ? undefined : `${clusterIdentifier}-final`,
      deleteAutomatedBackups: settings.deletable,
      enableHttpEndpoint: false, // The Data API would be a way in from outside of the network (docs/decisions/0001).
      tags: loweredTags("deletion-protection", "multiple-instances"),
    },
    { ...child, dependsOn: logGroups(context, clusterIdentifier) },
  );
  const instances = clusterInstances(context, made, clusterIdentifier);
  eventSubscriptions(context, made, instances);
  return made;
}

/**
 * The cluster's physical name. Chosen by us, because the log groups have to exist, with their retention and key, before RDS
 * would make its own. Three characters are left for the number of an instance; RDS refuses two hyphens in a row.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html#RDS_Limits.Constraints
 */
function identifierOf(name: string): string {
  const rule = { ...NAME_RULES.databaseCluster, maximumLength: NAME_RULES.databaseCluster.maximumLength - 3 };
  return physicalName(`${stackPrefix()}-${name}`, rule).replace(/-{2,}/g, "-");
}

function performanceInsights({ args, settings }: BuildContext) {
  return {
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: args.kmsKeyArn,
    performanceInsightsRetentionPeriod: defaults.INSIGHTS_RETENTION_DAYS[settings.insightsMode],
  };
}

function clusterInstances(
  context: BuildContext,
  made: aws.rds.Cluster,
  clusterIdentifier: string,
): aws.rds.ClusterInstance[] {
  const { name, settings, tags, child } = context;
  const monitoringRoleArn = monitoringRole(context, clusterIdentifier);
  return Array.from({ length: settings.instances }, (_, index) => {
    const number = index + 1;
    return new aws.rds.ClusterInstance(
      childName(name, `instance-${number}`),
      {
        identifier: `${clusterIdentifier}-${number}`,
        clusterIdentifier: made.id,
        engine: defaults.ENGINE,
        instanceClass: defaults.INSTANCE_CLASS,
        // Tiers 0 and 1 follow the writer's capacity, so that the instance that takes over is large enough.
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html
        promotionTier: Math.min(index, 15),
        publiclyAccessible: false, // Security Hub RDS.2
        autoMinorVersionUpgrade: true, // Security Hub RDS.13
        monitoringInterval: settings.monitoringIntervalSeconds,
        monitoringRoleArn,
        ...performanceInsights(context),
        copyTagsToSnapshot: true,
        tags,
      },
      child,
    );
  });
}

/** The name that RDS gives the log group of an exported log. https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.CloudWatch.html */
export const logGroupName = (clusterIdentifier: string, log: string): string =>
  `/aws/rds/cluster/${clusterIdentifier}/${log}`;

/**
 * What a Zero-ETL integration asks of its source: the enhanced binary log, with whole rows and their columns' names.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/zero-etl.setting-up.html#zero-etl.parameters
 */
const ZERO_ETL = Object.entries({
  aurora_enhanced_binlog: "1",
  binlog_backup: "0",
  binlog_format: "ROW",
  binlog_replication_globaldb: "0",
  binlog_row_image: "full",
  binlog_row_metadata: "full",
}).map(([name, value]) => ({ name, value, applyMethod: "pending-reboot" }));

function parameterGroup({ name, args, settings, tags, child }: BuildContext): aws.rds.ClusterParameterGroup {
  return new aws.rds.ClusterParameterGroup(
    childName(name, "parameter-group"),
    {
      family: defaults.PARAMETER_GROUP_FAMILY,
      description: "TLS required and connections audited",
      parameters: [
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Security.html#AuroraMySQL.Security.SSL
        { name: "require_secure_transport", value: "ON" },
        { name: "tls_version", value: "TLSv1.2,TLSv1.3", applyMethod: "pending-reboot" },
        // A client must not make the server read, or be made to send, a file of the client.
        { name: "local_infile", value: "0" },
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Auditing.html
        { name: "server_audit_logging", value: "1" },
        { name: "server_audit_events", value: settings.auditEvents.join(",") },
        ...(args.zeroEtl ? ZERO_ETL : []),
      ],
      tags,
    },
    child,
  );
}

function logGroups(context: BuildContext, clusterIdentifier: string): aws.cloudwatch.LogGroup[] {
  const { name, args, settings, tags, child } = context;
  return defaults.LOG_EXPORTS.map(
    (log) =>
      new aws.cloudwatch.LogGroup(
        childName(name, `${log}-log-group`),
        {
          name: logGroupName(clusterIdentifier, log),
          retentionInDays: settings.logRetentionDays,
          kmsKeyId: args.kmsKeyArn,
          tags,
        },
        child,
      ),
  );
}
