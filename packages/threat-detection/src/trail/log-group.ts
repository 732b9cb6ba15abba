import { allowDocument, childName, trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { TrailSettings } from "./settings.ts";

/** The trail's log group, and what lets CloudTrail write to it (Security Hub CloudTrail.5). */
export interface TrailLog {
  group: aws.cloudwatch.LogGroup;
  role: aws.iam.Role;
  policy: aws.iam.RolePolicy;
}

export function createTrailLog(
  name: string,
  settings: TrailSettings,
  parts: {
    accountId: pulumi.Input<string>;
    trailArn: pulumi.Input<string>;
    kmsKeyArn: pulumi.Input<string>;
    tags: Record<string, pulumi.Input<string>>;
  },
  opts: pulumi.CustomResourceOptions,
): TrailLog {
  const group = new aws.cloudwatch.LogGroup(
    childName(name, "log-group"),
    { retentionInDays: settings.logRetentionDays, kmsKeyId: parts.kmsKeyArn, tags: parts.tags },
    opts,
  );
  const role = new aws.iam.Role(
    childName(name, "log-role"),
    {
      description: "Writes the audit trail to its log group",
      assumeRolePolicy: trustDocument({
        service: "cloudtrail.amazonaws.com",
        sourceAccount: parts.accountId,
        sourceArn: parts.trailArn,
      }),
      tags: parts.tags,
    },
    opts,
  );
  const policy = new aws.iam.RolePolicy(
    childName(name, "log-policy"),
    {
      role: role.id,
      policy: allowDocument(
        [
          {
            sid: "OwnLog",
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            resources: [pulumi.interpolate`${group.arn}:log-stream:*`],
            wildcardReason: "CloudTrail names the log streams itself; the group is the trail's own",
          },
        ],
        { component: "AuditTrail", name, property: "log" },
      ),
    },
    opts,
  );
  return { group, role, policy };
}
