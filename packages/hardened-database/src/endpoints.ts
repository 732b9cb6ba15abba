import { childName } from "@palisade/core";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "./context.ts";
import type { Network } from "./network.ts";
import { admit, emptyGroup } from "./security-groups.ts";

/** Interface endpoints: the switch, the name of the child resources, and AWS's name of the service. */
const INTERFACE_ENDPOINTS = [
  { key: "secretsManager", role: "secrets-manager", service: "secretsmanager" },
  { key: "kms", role: "kms", service: "kms" },
  { key: "verifiedPermissions", role: "verified-permissions", service: "verifiedpermissions" },
] as const;

/** By the endpoint's switch: the security group that a function must have to reach it. */
export type EndpointGroups = Record<string, pulumi.Output<string>>;

/** Makes the endpoints that are switched on. */
export function endpoints(context: BuildContext, network: Network): EndpointGroups {
  const groups: EndpointGroups = {};
  for (const { key, role, service } of INTERFACE_ENDPOINTS) {
    if (context.settings.endpoints[key]) groups[key] = interfaceEndpoint(context, network, role, service);
  }
  if (context.settings.endpoints.dynamodb) groups.dynamodb = dynamodbEndpoint(context, network);
  return groups;
}

function interfaceEndpoint(
  context: BuildContext,
  network: Network,
  role: string,
  service: string,
): pulumi.Output<string> {
  const { name, settings, place, tags, child } = context;
  const endpoint = emptyGroup(context, `${role}-endpoint`, `The endpoint of ${service}`, network);
  const client = emptyGroup(context, `${role}-client`, `Functions that may call ${service}`, network);
  admit(context, role, 443, client, endpoint);
  new aws.ec2.VpcEndpoint(
    childName(name, `${role}-endpoint`),
    {
      vpcId: network.vpcId,
      vpcEndpointType: "Interface",
      serviceName: pulumi.interpolate`com.amazonaws.${place.region}.${service}`,
      subnetIds: network.subnetIds.apply((ids) => ids.slice(0, settings.endpointAvailabilityZones)),
      securityGroupIds: [endpoint.id],
      privateDnsEnabled: true,
      policy: sameAccountPolicy(context),
      tags,
    },
    child,
  );
  return client.id;
}

function dynamodbEndpoint(context: BuildContext, network: Network): pulumi.Output<string> {
  const { name, place, tags, child } = context;
  const client = emptyGroup(context, "dynamodb-client", "Functions that may call dynamodb", network);
  const endpoint = new aws.ec2.VpcEndpoint(
    childName(name, "dynamodb-endpoint"),
    {
      vpcId: network.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: pulumi.interpolate`com.amazonaws.${place.region}.dynamodb`,
      routeTableIds: network.routeTableIds,
      policy: sameAccountPolicy(context),
      tags,
    },
    child,
  );
  new aws.vpc.SecurityGroupEgressRule(
    childName(name, "dynamodb-egress"),
    {
      securityGroupId: client.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      prefixListId: endpoint.prefixListId,
      tags,
    },
    child,
  );
  return client.id;
}

/**
 * Only this account's principals, on this account's resources: a function that was taken over cannot carry data out through the
 * endpoint with credentials of another account. What each role may do is its own policy's to say.
 * https://docs.aws.amazon.com/whitepapers/latest/building-a-data-perimeter-on-aws/perimeter-implementation.html
 */
function sameAccountPolicy({ place }: BuildContext): pulumi.Output<string> {
  const account = { "aws:PrincipalAccount": place.accountId, "aws:ResourceAccount": place.accountId };
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "SameAccount",
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: account },
      },
    ],
  });
}
