import { arnIn, childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { type SiemContext, type SiemStore, storeName } from "./context.ts";
import { FIXED } from "./defaults.ts";

/** What a domain writes into logs (Security Hub Opensearch.4 and .5), by the role of the log group. */
const LOGS = {
  "audit-log": "AUDIT_LOGS",
  "error-log": "ES_APPLICATION_LOGS",
  "index-slow-log": "INDEX_SLOW_LOGS",
  "search-slow-log": "SEARCH_SLOW_LOGS",
} as const;

/**
 * A managed domain. It is reached by signed requests alone, and what one of them may do its fine-grained access control decides, whose master
 * is the function that sets the domain up. https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html
 */
export function createDomain(context: SiemContext, writerRoleArn: pulumi.Input<string>): SiemStore {
  const { name, args, settings, place, kmsKeyArn, tags, child } = context;
  const domainName = storeName(name);
  const domainArn = arnIn(place, "es", `domain/${domainName}`);
  const logs = createLogs(context, domainArn);
  const domain = new aws.opensearch.Domain(
    childName(name, "domain"),
    {
      domainName,
      engineVersion: FIXED.ENGINE_VERSION,
      clusterConfig: clusterConfig(context),
      ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: settings.volumeGigabytes },
      encryptAtRest: { enabled: true, kmsKeyId: kmsKeyArn }, // Security Hub Opensearch.1
      nodeToNodeEncryption: { enabled: true }, // Opensearch.3
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: FIXED.TLS_POLICY }, // Opensearch.8
      advancedSecurityOptions: {
        enabled: true, // Opensearch.7
        // Nobody has a password.
        internalUserDatabaseEnabled: false,
        masterUserOptions: { masterUserArn: args.setup.roleArn },
      },
      ...(args.network && {
        vpcOptions: { subnetIds: args.network.subnetIds, securityGroupIds: args.network.securityGroupIds }, // Opensearch.2
      }),
      accessPolicies: accessPolicy(context, domainArn, writerRoleArn),
      logPublishingOptions: logs.options,
      softwareUpdateOptions: { autoSoftwareUpdateEnabled: true }, // Opensearch.10
      offPeakWindowOptions: { enabled: true },
      tags,
    },
    { ...child, dependsOn: [logs.policy] },
  );
  return { endpoint: pulumi.interpolate`https://${domain.endpoint}`, arn: domain.arn, ready: [] };
}

function clusterConfig({ settings }: SiemContext): aws.types.input.opensearch.DomainClusterConfig {
  const { instanceCount, instanceType, available } = settings;
  const zones = Math.min(instanceCount, FIXED.ZONES);
  return {
    instanceType,
    instanceCount,
    // Opensearch.11
    ...(available
      ? {
          dedicatedMasterEnabled: true,
          dedicatedMasterCount: FIXED.PRIMARY_COUNT,
          dedicatedMasterType: FIXED.PRIMARY_TYPE,
        }
      : { dedicatedMasterEnabled: false }),
    ...(zones > 1
      ? { zoneAwarenessEnabled: true, zoneAwarenessConfig: { availabilityZoneCount: zones } }
      : { zoneAwarenessEnabled: false }),
  };
}

// Whom the domain listens to; with fine-grained access control the roles within it decide on what they are answered.
function accessPolicy(
  { args }: SiemContext,
  domainArn: pulumi.Output<string>,
  writerRoleArn: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "NamedRoles",
        Effect: "Allow",
        Principal: { AWS: [writerRoleArn, args.setup.roleArn, ...(args.readerRoleArns ?? [])] },
        Action: ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut", "es:ESHttpDelete"],
        Resource: pulumi.interpolate`${domainArn}/*`,
      },
    ],
  });
}

function createLogs(
  { name, settings, place, kmsKeyArn, tags, child }: SiemContext,
  domainArn: pulumi.Output<string>,
): { options: aws.types.input.opensearch.DomainLogPublishingOption[]; policy: pulumi.Resource } {
  const groups = Object.entries(LOGS).map(([role, logType]) => {
    const group = new aws.cloudwatch.LogGroup(
      childName(name, role),
      { retentionInDays: settings.logRetentionDays, kmsKeyId: kmsKeyArn, tags },
      child,
    );
    return { group, logType };
  });
  const policy = new aws.cloudwatch.LogResourcePolicy(
    childName(name, "log-policy"),
    {
      policyName: storeName(name),
      policyDocument: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "DomainWritesItsLogs",
            Effect: "Allow",
            Principal: { Service: "es.amazonaws.com" },
            Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"],
            Resource: groups.map(({ group }) => pulumi.interpolate`${group.arn}:*`),
            Condition: {
              StringEquals: { "aws:SourceAccount": place.accountId },
              ArnLike: { "aws:SourceArn": domainArn },
            },
          },
        ],
      }),
    },
    child,
  );
  return {
    options: groups.map(({ group, logType }) => ({ logType, cloudwatchLogGroupArn: group.arn, enabled: true })),
    policy,
  };
}
