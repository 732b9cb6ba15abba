import type { PolicyStatement } from "@palisade/core";
import { tableStatement } from "@palisade/storage";
import type * as pulumi from "@pulumi/pulumi";
import type { PlanSettings } from "./settings.ts";

/** What the responder works with beside what it acts on. */
export interface ResponderParts {
  queueArn: pulumi.Input<string>;
  tableArn: pulumi.Input<string>;
  topicArn: pulumi.Input<string>;
  kmsKeyArn: pulumi.Input<string>;
}

/** What the responder's role needs: the plan's functions, roles and sets, its own queue, table and topic, and nothing else. */
export function responderStatements(settings: PlanSettings, parts: ResponderParts): PolicyStatement[] {
  const { quarantine, revokeSessions, denyAddresses } = settings;
  const statements: PolicyStatement[] = [
    {
      sid: "TakeFindings",
      actions: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
      resources: [parts.queueArn],
    },
    tableStatement("RememberMeasures", parts.tableArn, ["GetItem", "PutItem", "UpdateItem", "DeleteItem", "Scan"]),
    { sid: "TellPeople", actions: ["sns:Publish"], resources: [parts.topicArn] },
    { sid: "ChannelKey", actions: ["kms:Decrypt", "kms:GenerateDataKey"], resources: [parts.kmsKeyArn] },
  ];
  if (quarantine !== undefined) {
    statements.push({
      sid: "StopFunctions",
      actions: ["lambda:GetFunctionConcurrency", "lambda:PutFunctionConcurrency", "lambda:DeleteFunctionConcurrency"],
      resources: quarantine.targets,
      wildcardReason: quarantine.wildcardReason,
    });
  }
  if (revokeSessions !== undefined) {
    const { targets, wildcardReason, permissionsBoundaryArn } = revokeSessions;
    statements.push(
      { sid: "LookAtRevocations", actions: ["iam:GetRolePolicy"], resources: targets, wildcardReason },
      {
        sid: "RevokeSessions",
        actions: ["iam:PutRolePolicy", "iam:DeleteRolePolicy"],
        resources: targets,
        // IAM cannot say which policy: with a boundary, what the responder could give is what the roles' owners could give.
        ...(permissionsBoundaryArn !== undefined && {
          conditions: { StringEquals: { "iam:PermissionsBoundary": permissionsBoundaryArn } },
        }),
        wildcardReason,
      },
    );
  }
  if (denyAddresses !== undefined) {
    const { ipv4SetArn, ipv6SetArn } = denyAddresses;
    statements.push({
      sid: "DenyAddresses",
      actions: ["wafv2:GetIPSet", "wafv2:UpdateIPSet"],
      resources: [ipv4SetArn, ipv6SetArn].filter((arn) => arn !== undefined),
    });
  }
  return statements;
}
