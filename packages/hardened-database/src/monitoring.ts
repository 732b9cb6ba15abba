import { arnIn, childName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "./context.ts";

/** The role with which RDS writes Enhanced Monitoring's samples (Security Hub RDS.6). */
export function monitoringRole(context: BuildContext, clusterIdentifier: string): pulumi.Output<string> {
  const { name, args, place, tags, child } = context;
  const role = new aws.iam.Role(
    childName(name, "monitoring-role"),
    {
      description: "Writes the Enhanced Monitoring of the database's instances",
      // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html
      assumeRolePolicy: trustDocument({
        service: "monitoring.rds.amazonaws.com",
        sourceAccount: place.accountId,
        sourceArn: arnIn(place, "rds", `db:${clusterIdentifier}-*`),
      }),
      permissionsBoundary: args.permissionsBoundaryArn,
      tags,
    },
    child,
  );
  const attachment = new aws.iam.RolePolicyAttachment(
    childName(name, "monitoring-policy"),
    {
      role: role.name,
      policyArn: pulumi.interpolate`arn:${place.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole`,
    },
    child,
  );
  // An instance that is created before its role may write is refused.
  return pulumi.all([role.arn, attachment.id]).apply(([arn]) => arn);
}

/** Tells the alarm topic of failures and maintenance (Security Hub RDS.19 and RDS.20). */
export function eventSubscriptions(
  context: BuildContext,
  cluster: aws.rds.Cluster,
  instances: aws.rds.ClusterInstance[],
): void {
  const { name, args, tags, child } = context;
  if (args.alarmTopicArn === undefined) return;
  new aws.rds.EventSubscription(
    childName(name, "cluster-events"),
    {
      snsTopic: args.alarmTopicArn,
      sourceType: "db-cluster",
      sourceIds: [cluster.id],
      eventCategories: ["failover", "failure", "maintenance"],
      tags,
    },
    child,
  );
  new aws.rds.EventSubscription(
    childName(name, "instance-events"),
    {
      snsTopic: args.alarmTopicArn,
      sourceType: "db-instance",
      sourceIds: instances.map(({ id }) => id),
      eventCategories: ["configuration change", "failure", "maintenance"],
      tags,
    },
    child,
  );
}
