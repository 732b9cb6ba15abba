import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { FIXED } from "./defaults.ts";

/** One metric of the CIS AWS Foundations Benchmark. */
interface Watched {
  /** Security Hub's control. https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html */
  control: string;
  description: string;
  /** The pattern that the control's page prescribes. */
  pattern: string;
  /** Events in five minutes from which on the alarm is raised. Default: 1. */
  threshold?: number;
}

const names = (events: string[]) => events.map((event) => `($.eventName=${event})`).join(" || ");

/** What is watched, by the role of the metric's filter and alarm. */
export const BENCHMARK: Readonly<Record<string, Watched>> = {
  "root-use": {
    control: "CloudWatch.1",
    description: "The root user was used",
    pattern: '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
  },
  "unauthorized-calls": {
    control: "CloudWatch.2",
    description: "Calls were refused",
    pattern: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
    // A person who looks around in the console is refused a few times.
    threshold: 10,
  },
  "sign-in-without-mfa": {
    control: "CloudWatch.3",
    description: "Somebody signed in to the console without a second factor",
    pattern:
      '{($.eventName="ConsoleLogin") && ($.additionalEventData.MFAUsed !="Yes") && ($.userIdentity.type="IAMUser") && ($.responseElements.ConsoleLogin="Success")}',
  },
  "iam-policy-changes": {
    control: "CloudWatch.4",
    description: "An IAM policy was changed",
    pattern: `{($.eventSource=iam.amazonaws.com) && (${names([
      "DeleteGroupPolicy",
      "DeleteRolePolicy",
      "DeleteUserPolicy",
      "PutGroupPolicy",
      "PutRolePolicy",
      "PutUserPolicy",
      "CreatePolicy",
      "DeletePolicy",
      "CreatePolicyVersion",
      "DeletePolicyVersion",
      "AttachRolePolicy",
      "DetachRolePolicy",
      "AttachUserPolicy",
      "DetachUserPolicy",
      "AttachGroupPolicy",
      "DetachGroupPolicy",
    ])})}`,
  },
  "trail-changes": {
    control: "CloudWatch.5",
    description: "A trail was changed, stopped or deleted",
    pattern: `{${names(["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"])}}`,
  },
  "failed-sign-ins": {
    control: "CloudWatch.6",
    description: "Sign-ins to the console failed",
    pattern: '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
    threshold: 5,
  },
  "key-deletions": {
    control: "CloudWatch.7",
    description: "A KMS key was disabled, or is to be deleted",
    pattern: `{($.eventSource=kms.amazonaws.com) && (${names(["DisableKey", "ScheduleKeyDeletion"])})}`,
  },
  "bucket-policy-changes": {
    control: "CloudWatch.8",
    description: "The policy of a bucket was changed",
    pattern: `{($.eventSource=s3.amazonaws.com) && (${names([
      "PutBucketAcl",
      "PutBucketPolicy",
      "PutBucketCors",
      "PutBucketLifecycle",
      "PutBucketReplication",
      "DeleteBucketPolicy",
      "DeleteBucketCors",
      "DeleteBucketLifecycle",
      "DeleteBucketReplication",
    ])})}`,
  },
  "config-changes": {
    control: "CloudWatch.9",
    description: "AWS Config was changed or stopped",
    pattern: `{($.eventSource=config.amazonaws.com) && (${names([
      "StopConfigurationRecorder",
      "DeleteDeliveryChannel",
      "PutDeliveryChannel",
      "PutConfigurationRecorder",
    ])})}`,
  },
  "security-group-changes": {
    control: "CloudWatch.10",
    description: "A security group was changed",
    pattern: `{${names([
      "AuthorizeSecurityGroupIngress",
      "AuthorizeSecurityGroupEgress",
      "RevokeSecurityGroupIngress",
      "RevokeSecurityGroupEgress",
      "CreateSecurityGroup",
      "DeleteSecurityGroup",
    ])}}`,
  },
  "network-acl-changes": {
    control: "CloudWatch.11",
    description: "A network ACL was changed",
    pattern: `{${names([
      "CreateNetworkAcl",
      "CreateNetworkAclEntry",
      "DeleteNetworkAcl",
      "DeleteNetworkAclEntry",
      "ReplaceNetworkAclEntry",
      "ReplaceNetworkAclAssociation",
    ])}}`,
  },
  "gateway-changes": {
    control: "CloudWatch.12",
    description: "A network gateway was changed",
    pattern: `{${names([
      "CreateCustomerGateway",
      "DeleteCustomerGateway",
      "AttachInternetGateway",
      "CreateInternetGateway",
      "DeleteInternetGateway",
      "DetachInternetGateway",
    ])}}`,
  },
  "route-changes": {
    control: "CloudWatch.13",
    description: "A route table was changed",
    pattern: `{($.eventSource=ec2.amazonaws.com) && (${names([
      "CreateRoute",
      "CreateRouteTable",
      "ReplaceRoute",
      "ReplaceRouteTableAssociation",
      "DeleteRouteTable",
      "DeleteRoute",
      "DisassociateRouteTable",
    ])})}`,
  },
  "vpc-changes": {
    control: "CloudWatch.14",
    description: "A VPC was changed",
    pattern: `{${names([
      "CreateVpc",
      "DeleteVpc",
      "ModifyVpcAttribute",
      "AcceptVpcPeeringConnection",
      "CreateVpcPeeringConnection",
      "DeleteVpcPeeringConnection",
      "RejectVpcPeeringConnection",
      "AttachClassicLinkVpc",
      "DetachClassicLinkVpc",
      "DisableVpcClassicLink",
      "EnableVpcClassicLink",
    ])}}`,
  },
};

/** A metric for each, and an alarm where there is a topic to tell. */
export function createBenchmark(
  name: string,
  group: aws.cloudwatch.LogGroup,
  alarmTopicArn: pulumi.Input<string> | undefined,
  tags: Record<string, pulumi.Input<string>>,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [role, { control, description, pattern, threshold = 1 }] of Object.entries(BENCHMARK)) {
    const metric = childName(name, role);
    const transformation = { name: metric, namespace: FIXED.METRIC_NAMESPACE, value: "1" };
    new aws.cloudwatch.LogMetricFilter(
      metric,
      { logGroupName: group.name, pattern, metricTransformation: transformation },
      opts,
    );
    if (alarmTopicArn === undefined) continue;
    new aws.cloudwatch.MetricAlarm(
      childName(name, `${role}-alarm`),
      {
        alarmDescription: `${description} (Security Hub ${control})`,
        namespace: FIXED.METRIC_NAMESPACE,
        metricName: metric,
        statistic: "Sum",
        period: 300,
        evaluationPeriods: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        threshold,
        treatMissingData: "notBreaching",
        alarmActions: [alarmTopicArn],
        tags,
      },
      opts,
    );
  }
}
