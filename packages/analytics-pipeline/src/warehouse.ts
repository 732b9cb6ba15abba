import { arnIn, childName, NAME_RULES, physicalName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { WarehouseArgs } from "./args.ts";
import type { PipelineContext } from "./context.ts";
import type { WarehouseSettings } from "./warehouse-settings.ts";

/** The warehouse, by what a program needs of it. */
export interface Warehouse {
  workgroupName: pulumi.Output<string>;
  namespaceArn: pulumi.Output<string>;
}

/** Names of Redshift Serverless: https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_CreateWorkgroup.html */
const NAME_RULE = { ...NAME_RULES.databaseCluster, maximumLength: 64 };

/**
 * Redshift Serverless, which AWS keeps in step with Aurora and DynamoDB by Zero-ETL integrations. In a network of the caller's, with the audit logs on and the
 * administrator's password in Secrets Manager.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.html
 */
export function createWarehouse(
  context: PipelineContext,
  { subnetIds, securityGroupIds, databaseClusterArn, tableArns = {} }: WarehouseArgs,
  settings: WarehouseSettings,
): Warehouse {
  const { name, args, prefix, loweredTags, child } = context;
  const tags = { ...loweredTags(), "palisade:confirmed:warehouse": settings.reason.slice(0, 256) };
  const kmsKeyArn = args.kmsKeyArn as pulumi.Input<string>; // Settings have checked it.
  const physical = physicalName(prefix, NAME_RULE);
  const namespace = new aws.redshiftserverless.Namespace(
    childName(name, "warehouse"),
    {
      namespaceName: physical,
      dbName: "analytics",
      adminUsername: "palisade_owner", // Security Hub RedshiftServerless.5
      manageAdminPassword: true, // Made, kept and rotated by Redshift in Secrets Manager; never in Pulumi's state.
      adminPasswordSecretKmsKeyId: kmsKeyArn,
      kmsKeyId: kmsKeyArn, // RedshiftServerless.4
      logExports: ["connectionlog", "userlog", "useractivitylog"], // RedshiftServerless.6
      tags,
    },
    child,
  );
  const workgroup = new aws.redshiftserverless.Workgroup(
    childName(name, "warehouse-workgroup"),
    {
      workgroupName: physical,
      namespaceName: namespace.namespaceName,
      baseCapacity: settings.baseCapacity,
      maxCapacity: settings.maxCapacity,
      enhancedVpcRouting: true, // RedshiftServerless.1
      publiclyAccessible: false, // RedshiftServerless.3
      subnetIds,
      securityGroupIds,
      configParameters: [
        { parameterKey: "require_ssl", parameterValue: "true" }, // RedshiftServerless.2
        { parameterKey: "use_fips_ssl", parameterValue: "false" },
        // Zero-ETL asks for it. https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-setting-up.case-sensitivity.html
        { parameterKey: "enable_case_sensitive_identifier", parameterValue: "true" },
        { parameterKey: "enable_user_activity_logging", parameterValue: "true" },
      ],
      tags,
    },
    child,
  );
  new aws.redshiftserverless.UsageLimit(
    childName(name, "warehouse-limit"),
    {
      resourceArn: workgroup.arn,
      usageType: "serverless-compute",
      period: "daily",
      amount: settings.unitHoursPerDay,
      breachAction: "deactivate",
    },
    child,
  );
  const sources = [...(databaseClusterArn === undefined ? [] : [databaseClusterArn]), ...Object.values(tableArns)];
  const made = { workgroupName: workgroup.workgroupName, namespaceArn: namespace.arn };
  if (sources.length === 0) return made;

  const common = { targetArn: namespace.arn, kmsKeyId: kmsKeyArn, tags };
  const dependsOn = [admit(context, namespace, sources), workgroup];
  const integrationName = (key: string) => physicalName(`${physical}-${key}`, { ...NAME_RULE, maximumLength: 63 });
  if (databaseClusterArn !== undefined) {
    new aws.rds.Integration(
      childName(name, "zero-etl-database"),
      {
        integrationName: integrationName("database"),
        sourceArn: databaseClusterArn,
        dataFilter: settings.databaseFilter,
        ...common,
      },
      { ...child, dependsOn },
    );
  }
  for (const [key, tableArn] of Object.entries(tableArns)) {
    const allowed = exportable(context, key, tableArn);
    new aws.redshift.Integration(
      childName(name, `zero-etl-table-${key}`),
      { integrationName: integrationName(key), sourceArn: tableArn, ...common },
      { ...child, dependsOn: [...dependsOn, allowed] },
    );
  }
  return made;
}

/**
 * Which sources may write into the warehouse, and who may make such an integration: this account alone.
 * https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-iam-authentication-access-control.html
 */
function admit(
  { name, place, child }: PipelineContext,
  namespace: aws.redshiftserverless.Namespace,
  sourceArns: pulumi.Input<string>[],
): pulumi.Resource {
  return new aws.redshiftserverless.ResourcePolicy(
    childName(name, "warehouse-sources"),
    {
      resourceArn: namespace.arn,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "redshift.amazonaws.com" },
            Action: "redshift:AuthorizeInboundIntegration",
            Condition: { StringEquals: { "aws:SourceArn": sourceArns } },
          },
          {
            Effect: "Allow",
            Principal: { AWS: pulumi.interpolate`arn:${place.partition}:iam::${place.accountId}:root` },
            Action: "redshift:CreateInboundIntegration",
            Condition: { StringEquals: { "aws:SourceArn": sourceArns } },
          },
        ],
      }),
    },
    child,
  );
}

/**
 * Lets the integrations of this account read a table's exports. The table itself needs point-in-time recovery.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/RedshiftforDynamoDB-zero-etl.html
 */
function exportable(
  { name, place, child }: PipelineContext,
  key: string,
  tableArn: pulumi.Input<string>,
): pulumi.Resource {
  const ofAccount = {
    StringEquals: { "aws:SourceAccount": place.accountId },
    ArnLike: { "aws:SourceArn": arnIn(place, "redshift", "integration:*") },
  };
  const Principal = { Service: "redshift.amazonaws.com" };
  return new aws.dynamodb.ResourcePolicy(
    childName(name, `zero-etl-table-${key}-policy`),
    {
      resourceArn: tableArn,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Export",
            Effect: "Allow",
            Principal,
            Action: ["dynamodb:DescribeTable", "dynamodb:ExportTableToPointInTime"],
            Resource: tableArn,
            Condition: ofAccount,
          },
          {
            Sid: "FollowExport",
            Effect: "Allow",
            Principal,
            Action: "dynamodb:DescribeExport",
            Resource: pulumi.interpolate`${tableArn}/export/*`,
            Condition: ofAccount,
          },
        ],
      }),
    },
    child,
  );
}
