import { trustDocument } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * The role with which API Gateway writes the logs of every API of the account and region. No stage creates it or takes it over.
 *
 * @returns the role's ARN
 */
export function createGatewayLogRole(): pulumi.Output<string> {
  const { partition } = aws.getPartitionOutput();
  const role = new aws.iam.Role("gateway-logs", {
    description: "Writes the logs of every REST API of this account and region",
    // API Gateway sends neither aws:SourceAccount nor aws:SourceArn when it assumes this role.
    assumeRolePolicy: trustDocument({ service: "apigateway.amazonaws.com" }),
    tags: { "palisade:component": "account", "palisade:name": "gateway-logs" },
  });
  const attachment = new aws.iam.RolePolicyAttachment("gateway-logs", {
    role: role.name,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
    policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs`,
  });
  new aws.apigateway.Account(
    "gateway-logs",
    { cloudwatchRoleArn: role.arn },
    // Deleting the resource would reset the setting that all other APIs of the account write their logs by.
    { retainOnDelete: true, dependsOn: [attachment] },
  );
  return role.arn;
}
