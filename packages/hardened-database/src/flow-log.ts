import {
  allowDocument,
  childName,
  NAME_RULES,
  type PolicyStatement,
  physicalName,
  resourceTags,
  stackPrefix,
  trustDocument,
  wildcardFloors,
} from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "./context.ts";
import { FLOW_LOG_AGGREGATION_SECONDS } from "./defaults.ts";

/** Logs the network's traffic, accepted and refused (Security Hub EC2.6), to a log group of its own. */
export function flowLog(context: BuildContext, vpcId: pulumi.Input<string>): void {
  const { name, args, settings, place, tags, child } = context;
  const group = new aws.cloudwatch.LogGroup(
    childName(name, "flow-log-group"),
    {
      name: physicalName(`/palisade/${stackPrefix()}/${name}/flow`, NAME_RULES.logGroup),
      retentionInDays: settings.logRetentionDays,
      kmsKeyId: args.kmsKeyArn,
      tags,
    },
    child,
  );
  const statements = writeStatements(group);
  const role = new aws.iam.Role(
    childName(name, "flow-log-role"),
    {
      description: "Writes the flow logs of the database's network",
      assumeRolePolicy: trustDocument({ service: "vpc-flow-logs.amazonaws.com", sourceAccount: place.accountId }),
      permissionsBoundary: args.permissionsBoundaryArn,
      tags: { ...tags, ...resourceTags({ component: "HardenedDatabase", name, lowered: wildcardFloors(statements) }) },
    },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    childName(name, "flow-log-policy"),
    {
      role: role.name,
      policy: allowDocument(statements, { component: "HardenedDatabase", name, property: "flowLogs" }),
    },
    child,
  );
  new aws.ec2.FlowLog(
    childName(name, "flow-log"),
    {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: FLOW_LOG_AGGREGATION_SECONDS,
      tags,
    },
    { ...child, dependsOn: [policy] },
  );
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html, without the right to make log groups. */
function writeStatements(group: aws.cloudwatch.LogGroup): PolicyStatement[] {
  return [
    {
      sid: "WriteFlowLogs",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
      resources: [group.arn, pulumi.interpolate`${group.arn}:*`],
      wildcardReason: "A log group's streams are named by the service that writes them",
    },
    {
      sid: "FindLogGroup",
      actions: ["logs:DescribeLogGroups"],
      resources: ["*"],
      wildcardReason: "DescribeLogGroups has no narrower resource",
    },
  ];
}
